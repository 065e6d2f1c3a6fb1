/* acts_testing.h: an organisation for the tests of acts: the shipped policy, two functions, and one person a role, all
 * made by acts. Simulated time. */
#pragma once

#include "acts/acts.h"
#include "store/test_store.h"

typedef struct {
	TestStore *t;
	Acts *acts;
	Arena *mem;
	const char *at; /* of the next acts */
	ActAnswer answer;
	ArenaList problems;
	const char *customer; /* Jordan Quill, of a phone number and an e-mail address */
} World;

/* People: sam (staff), mira (manager) and hana (head) of casework; nora (manager) and idris (head) of enquiries; cara
 * (complaints officer), rex (records officer), ada (auditor) and adam (administrator) of the whole. */
World *world_new(TestStore *t);
void world_free(World *w);

/* JSON as tests write it: ' for ". */
json_t *json_of(const char *text);

/* Performs an act that must be done; the answer's id. "job:NAME" is a machine. */
const char *done(World *w, const char *user, const char *act, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Performs an act that must not be done, and proves that nothing was recorded. Rule and field may be NULL: none. */
void refused(World *w, EvenhandError kind, const char *rule, const char *field, const char *user, const char *act,
	const char *format, ...) G_GNUC_PRINTF(7, 8);
/* Performs it, whatever comes of it; takes the reference. */
gboolean perform(World *w, const char *user, const char *act, json_t *json, GError **error) MUST_CHECK;

/* The record's last number. */
gint64 head_number(World *w);
/* The shipped pack's files as adopt-policy takes them. */
json_t *pack_json(World *w);
