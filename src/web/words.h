/* words.h: the gate's answers and the channels as people read them. The words that a restriction brings are the
 * pack's; these say what to do, in a few words, for the top of a page. */
#pragma once

#include "core/policy.h"
#include "patterns/takes.h"

const char *words_channel(Channel channel); /* "Phone", "In person" */
const char *words_contact(Channel channel); /* "call", "visit": one contact of the channel */

/* What stands at a form's field, by its key; NULL where no page has it. */
const char *words_field(const char *key);

/* A refusal with the number of the rule that spoke, inside the sentence: "Ask one of them (rule W1)."; the sentence
 * itself where no rule did (NULL). */
const char *words_with_rule(Arena *mem, const char *sentence, const char *rule);

/* What to do: "Decline this call", "Pass this call to Ada Lin". minutes: 0 for none; route: NULL. */
const char *words_verdict(Arena *mem, Verdict verdict, Channel channel, int minutes, const char *route);
/* The same before staff call or write (G12): "You may call them", "Check before you call them". */
const char *words_outward(Arena *mem, Verdict verdict, Channel channel);
/* The same in one or two words, for lists: "Decline", "Pass on". */
const char *words_verdict_short(Verdict verdict);
/* What to do at `check`, by what its first reason is about (gate/answer.h). */
const char *words_check(Arena *mem, const char *about, Channel channel);
/* B4: "1 contact, 8 minutes, 2 members of staff". */
const char *words_takes(Arena *mem, const Takes *takes);
