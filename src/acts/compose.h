/* compose.h: what a notice says, from the rows of a casefile to the letter's values and the document (N1 to N4, G3).
 * Pure: an act (or a preview) loads, this puts into words. The restrictions' words are those that were compiled for
 * the gate, so that letter and gate say the same. */
#pragma once

#include "core/casefile.h"
#include "packs/pack.h"

/* What a letter is about. Members that do not concern its kind stay NULL (days_to_adapt 0, days DAY_NONE): a template
 * that names one of them is then refused with G3. */
typedef struct {
	const Pack *pack;
	const char *kind;      /* key of the pack's notice */
	const char *reference; /* to quote: the casefile's */
	Day date;
	const char *customer_name, *language;
	const NoticeFormat *format; /* that they need */
	Delivery delivery;
	const char *address;        /* e-mail or postal address; NULL: handed over or read out */
	const char *signed_by;      /* lines: who, and their post */
	const char *function;       /* title of the owning function */
	const char *const *matters; /* titles, NULL-terminated; NULL */

	const Heading *heading;
	const char *behaviour, *why, *asked;
	int days_to_adapt; /* of a warning */
	const char *police;

	const Arrangement *arrangement; /* compiled; of a decision */
	const ArenaList *ways;          /* of char *: the ways that stay open (R9, G5) */
	gboolean no_warning;            /* W5: it binds from the sending */
	const char *decided_by, *lifting;
	const char *starts;         /* when it starts, where its letter is not waited for; NULL */
	const char *about_decision; /* of which it tells, where the arrangement does not say; NULL */
	const char *owner;          /* whose task the letter is; NULL: who asked for what it tells, else who acts */
	Day decided_on;

	/* What they sent us and hear about: a dispute (D1, D2), an answer to a warning (W6). */
	const char *entry;               /* its reference; NULL */
	const char *received, *reply_by; /* days, in words */
	gboolean suspends;               /* the arrangements do not apply while the dispute is open */
	const char *outcome;             /* in words; with `arrangement` where something applies, without where nothing
					    does */
} Letter;

/* The document, in their language where the pack has the letter in it, else in the pack's first. Refuses with G3,
 * naming the element, where anything that the letter must say is missing. */
gboolean compose_document(const Letter *letter, Arena *mem, Document **ret_document, GError **error) MUST_CHECK;
