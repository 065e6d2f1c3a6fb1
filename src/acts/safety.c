/* safety.c: after violence used or threatened, the one sentence that anybody about to meet the person is told (L2). */
#include "acts/families.h"
#include "core/entries.h"

typedef struct {
	const char *words;
} ApproveSafetySentence;

static gboolean approve_safety_sentence(ActRun *run, const void *input, GError **error)
{
	const ApproveSafetySentence *in = input;
	SafetySentenceRow row = {.casefile = run->file->ref,
		.customer = run->file->customer,
		.words = in->words,
		.by_user = run->actor->user_name,
		.at = run->now};

	if (!casefile_check_safety(&run->rules, run->file, error) || !act_new_reference(run, "S", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = "Safety sentence approved";
	return sql_safety_sentence_add(run->tx, &row, error);
}

const Act act_approve_safety_sentence = {
	.name = "approve-safety-sentence",
	.title = "Approve a safety sentence",
	.summary = "After violence used or threatened: the one sentence that anybody about to meet the person is told. "
		   "Until "
		   "one is approved they are told the policy's own. The newest holds.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(ApproveSafetySentence, words, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.max = 300,
				.help = "one sentence: what to do to be safe, and no more about the person than that "
					"takes"),
			FIELDS_END,
		},
	.input_size = sizeof(ApproveSafetySentence),
	.perform = approve_safety_sentence,
};
