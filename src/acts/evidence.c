/* evidence.c: a file that bears a report or a casefile out: a mail, a scan, a voicemail (G9). It is kept as it came,
 * with when it was obtained, when it was entered, and its hash; the record's content holds the hash and never the
 * bytes. */
#include "acts/families.h"
#include "core/entries.h"

typedef struct {
	const char *report, *contact, *what;
	FileInput file;
} AttachEvidence;

static gboolean attach_evidence(ActRun *run, const void *input, GError **error)
{
	const AttachEvidence *in = input;
	EvidenceRow row = {.casefile = run->file->ref,
		.customer = run->file->customer,
		.report = in->report,
		.contact = in->contact,
		.what = in->what,
		.file_name = in->file.name,
		.media_type = in->file.type,
		.size = (gint64)in->file.length,
		.hash = in->file.hash,
		.obtained_at = run->happened_at,
		.by_user = run->actor->user_name,
		.at = run->now,
		.struck_at = INSTANT_NONE};
	const Blob bytes = {.data = in->file.bytes, .length = in->file.length};

	if (!casefile_check_evidence(&run->rules, run->file, in->report, error) ||
		!entry_check_contact(run, in->contact, error) || !act_new_reference(run, "EV", &row.ref, error))
		return FALSE;
	run->id = row.ref;
	run->summary = "Evidence attached";
	return sql_evidence_add(run->tx, &row, error) && sql_evidence_file_add(run->tx, row.ref, bytes, error);
}

const Act act_attach_evidence = {
	.name = "attach-evidence",
	.title = "Attach evidence",
	.summary = "Keeps a file (a mail, a scan, a voicemail) with what it is and when it was obtained. What is "
		   "entered after "
		   "a decision is marked so, and never supports it (G9).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(AttachEvidence, report, LINE,
				.help = "the report that it bears out; left out: all of it"),
			FIELD(AttachEvidence, contact, LINE, .help = "the logged contact that it came with"),
			FIELD(AttachEvidence, what, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "what it is"),
			FIELD(AttachEvidence, file, FILE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "the file itself"),
			FIELDS_END,
		},
	.input_size = sizeof(AttachEvidence),
	.perform = attach_evidence,
};
