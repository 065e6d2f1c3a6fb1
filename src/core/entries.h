/* entries.h: what staff add to a casefile beside its steps: breaches (S5), evidence
 * (G9), the safety sentence (L2). Pure: an act loads the whole file, asks the
 * function named after the act, and saves. Each refuses with the rule's number and a sentence that says what to do
 * instead. */
#pragma once

#include "core/casefile.h"

/* log-breach: by anybody who works on cases; of an arrangement of this casefile that was in force when it happened
 * (G1: what is not in force binds nobody). */
gboolean casefile_check_breach(const RuleContext *rules, const Casefile *file, const char *arrangement,
	Instant happened_at, GError **error) MUST_CHECK;

/* attach-evidence: by anybody who works on cases; it bears out a report of this casefile, or (NULL) all of it. */
gboolean casefile_check_evidence(
	const RuleContext *rules, const Casefile *file, const char *report, GError **error) MUST_CHECK;

/* L2: a report speaks of physical violence used or threatened, and no assessment found otherwise. */
gboolean casefile_has_violence(const Casefile *file);

/* approve-safety-sentence: by the head of function (or who may sign for them), after violence used or threatened. */
gboolean casefile_check_safety(const RuleContext *rules, const Casefile *file, GError **error) MUST_CHECK;

/* G9: the newest decision that was complete when something was entered at `at`: what came after it is marked so, and
 * never supports it; NULL: there was none. */
const Decision *casefile_decision_before(const Casefile *file, Instant at);
