/* story.h: plays stories: acts at past times, written down as data (demo/README.md says how), performed in the order of
 * their time. What an act made has a name for the acts after it. */
#pragma once

#include "acts/acts.h"

typedef struct Story Story;

/* via: as the record keeps it. today: the local day that all days of the stories are counted from; zone: of their
 * times of day. */
Story *story_new(Acts *acts, const char *via, Day today, const Zone *zone);
void story_free(Story *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Story, story_free)

/* Texts that stories share, by name; a reference is kept. */
void story_add_texts(Story *story, json_t *texts);

/* One act: input is resolved ($NAME: the reference that a kept act made, $NAME.casefile, $NAME.notice,
 * $NAME.arrangement; @N: the day N days from today; %NAME: a shared text) when its time comes. keep: the name under
 * which its answer is kept; NULL. */
void story_add(Story *story, Instant at, const char *user_name, const char *act, const json_t *input, const char *keep);

/* All steps and habits of a file's object; invalid, naming the file, where it is not written as the README says. */
gboolean story_add_file(Story *story, const char *name, const json_t *file, GError **error) MUST_CHECK;

/* Performs all that was added, in the order of time; the first that is refused ends it, and the error names its story
 * and place. */
gboolean story_play(Story *story, GError **error) MUST_CHECK;

/* The instant of a local time so many days from today. clock: "09:05". */
gboolean story_time(const Story *story, int day, const char *clock, Instant *ret_at, GError **error) MUST_CHECK;
