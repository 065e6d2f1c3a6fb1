/* answer.h: a gate's answer as JSON, the same for shell and API (design: Faces).
 *
 *   verdict          the severest that applies
 *   caller           "named", "known", "unknown", "withheld", "none"
 *   customer         reference, where it is one person's answer; else null
 *   reasons          [{rule, restriction, verdict, about, scope, scope_of, arrangement, decision, pack, until,
 * review}], severest first. about: "kind", "need" (R9), "shared" (R11), "scope" (G4), "outward" (G12). scope: "matter",
 * "function", "organisation"; scope_of: its reference or slug, or null say_to_staff, say_to_customer   words, or null.
 * To staff, where an arrangement may not be about this contact, with its scope (G4) minutes          of a call that is
 * let through; null route_to         mailbox (written channels) or extension of the point of contact; null. route_name:
 * who that is record           true where it is recorded or monitored next_slot        when it would be let through,
 * RFC 3339; null open_ways        sentences: how they can reach us, and what stays open whatever was decided
 *   review_overdue   true where a review day is past (G2)
 *   needs, adjustments   what to consider in every answer (B6, G7)
 *   candidates       where it may be several people: the same fields of each, without candidates */
#pragma once

#include "gate/ask.h"

#include <jansson.h>

/* A new reference. */
json_t *gate_answer_json(const GateSnapshot *snapshot, const GateQuery *query, const GateAnswer *answer);

/* Where a `route` leads on this channel; NULL for none. */
const char *gate_route_to(const VerdictAnswer *answer, Channel channel);
/* The words for the customer on this channel; NULL for none. */
const char *gate_say_to_customer(const VerdictAnswer *answer, Channel channel);
