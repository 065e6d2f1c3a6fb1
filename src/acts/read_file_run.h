/* read_file_run.h: what the read_file_*.c share among themselves; nobody else includes it. */
#pragma once

#include "acts/read_file.h"
#include "acts/read_run.h"

typedef struct {
	Reading *reading;
	CasefilePageView *view;
	const Casefile *file; /* as core reads it */
	CustomerFacts facts;  /* of its customer */
	GHashTable *names;    /* user name → name, as far as asked */
	Instant decided_at;   /* of the newest decision that is complete; INSTANT_NONE */
} FileReading;

/* Names the person; user NULL: nobody. */
gboolean file_person(FileReading *at, const char *user, PersonView *ret_person, GError **error) MUST_CHECK;
/* The policy that an entry is bound to. */
gboolean file_policy(FileReading *at, const char *label, const Policy **ret_policy, GError **error) MUST_CHECK;
/* "3 March 2026", of an instant in the organisation's time. */
const char *file_day(const FileReading *at, Instant instant);
const char *file_channel_words(const char *channel); /* "by e-mail" */
const char *file_capacity_words(const char *capacity);
const char *file_heading_title(const Policy *policy, const char *key);
/* Restrictions as they are stored, in words, by the policy that they are bound to. */
gboolean file_asked(FileReading *at, const Policy *policy, const char *json, const AskedView **ret_asked, gsize *ret_n,
	gboolean *ret_severe, GError **error) MUST_CHECK;

/* Each fills its lists of at->view. */
gboolean file_view_reports(FileReading *at, GError **error) MUST_CHECK;  /* read_file_reports.c */
gboolean file_view_warnings(FileReading *at, GError **error) MUST_CHECK; /* assessments to answers */
gboolean file_view_requests(FileReading *at, GError **error) MUST_CHECK; /* read_file_requests.c */
gboolean file_view_decisions(FileReading *at, GError **error) MUST_CHECK;
gboolean file_view_after(FileReading *at, GError **error) MUST_CHECK; /* read_file_after.c: what comes of a decision */
gboolean file_view_letters(FileReading *at, GError **error) MUST_CHECK;
void file_view_steps(FileReading *at); /* read_steps.c; last, from all that is there */
