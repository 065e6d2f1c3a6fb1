/* draft.h: what somebody began to write and keeps for later. A draft is no act: it stands in no record, and nobody but
 * its writer sees it. One for each user, act and what it is about (a casefile's reference, or what the page is about);
 * `form` is the form's fields as a form sends them ("reasons=…&outcome=…"). */
#pragma once

#include "acts/acts.h"

typedef struct {
	const char *act, *about, *form;
	Instant saved_at;
} Draft;

enum { DRAFT_MAX = 1 << 20 };

/* Takes the place of an earlier one. Invalid where it is longer than DRAFT_MAX bytes. */
gboolean draft_save(Acts *acts, const char *user_name, const char *act, const char *about, const char *form,
	GError **error) MUST_CHECK;
/* *ret_draft is NULL where there is none. */
gboolean draft_load(Acts *acts, Arena *mem, const char *user_name, const char *act, const char *about,
	const Draft **ret_draft, GError **error) MUST_CHECK;
/* All of somebody's, newest first, without their forms. */
gboolean draft_list(Acts *acts, Arena *mem, const char *user_name, const Draft **ret_drafts, gsize *ret_n,
	GError **error) MUST_CHECK;
/* Whoever has performed the act drops it; nothing where there is none. */
gboolean draft_drop(Acts *acts, const char *user_name, const char *act, const char *about, GError **error) MUST_CHECK;
