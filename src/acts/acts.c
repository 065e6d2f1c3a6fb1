/* acts.c: what every act has in common, from the envelope to the commit. What one act does stands in its family's
 * file; what is forbidden stands in core/. */
#include "acts/acts.h"

#include "acts/run.h"
#include "base/bytes.h"
#include "base/identifier.h"
#include "store/record.h"

#include <string.h>

static const char *const ENVELOPE[] = {"request_id", "casefile", "version", "happened_at", "at", NULL};

typedef struct {
	const char *request_id;
	const char *casefile;
	gint64 version;
	Instant happened_at;
	Instant at;
} Envelope;

static const Field envelope_fields[] = {
	FIELD(Envelope, request_id, LINE, .max = 100, .help = "names this request: asked again, it does nothing twice"),
	FIELD(Envelope, casefile, LINE, .max = 40, .help = "the casefile that the act belongs to"),
	FIELD(Envelope, version, COUNT, .help = "the casefile's version as it was seen; a stale one is a conflict"),
	FIELD(Envelope, happened_at, INSTANT, .help = "when it took place; now, where it is left out"),
	FIELD(Envelope, at, INSTANT, .help = "the time to pretend, in demonstration databases only"),
	FIELDS_END,
};

const Act *acts_find(const char *name)
{
	for (gsize i = 0; acts_table[i] != NULL; i++)
		if (g_str_equal(acts_table[i]->name, name))
			return acts_table[i];
	return NULL;
}

/* The envelope's own fields, cut out of the act's input. */
static gboolean parse_envelope(const json_t *json, Arena *mem, Envelope *ret_envelope, ArenaList *problems)
{
	json_t *own = json_object();

	for (gsize i = 0; ENVELOPE[i] != NULL; i++)
		if (json_object_get(json, ENVELOPE[i]) != NULL)
			json_object_set(own, ENVELOPE[i], json_object_get(json, ENVELOPE[i]));
	fields_parse(envelope_fields, own, NULL, mem, ret_envelope, problems);
	json_decref(own);
	return problems->n == 0;
}

static gboolean first_problem(const ArenaList *problems, GError **error)
{
	const FieldProblem *first = problems->items[0];

	return invalid(error, first->field, "%s", first->sentence);
}

/* Of what the record keeps of it: a hash over a secret would let the secret be guessed. */
static char *request_hash(const Act *act, const json_t *envelope, Arena *mem)
{
	json_t *kept = fields_without_secrets(act->fields, envelope);
	char *canonical = json_dumps(kept, JSON_COMPACT | JSON_SORT_KEYS);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	g_checksum_update(sum, (const guchar *)act->name, (gssize)strlen(act->name) + 1);
	g_checksum_update(sum, (const guchar *)canonical, (gssize)strlen(canonical));
	free(canonical);
	json_decref(kept);
	return arena_strdup(mem, g_checksum_get_string(sum));
}

json_t *acts_answer_json(const ActAnswer *answer)
{
	return json_pack("{s:s?, s:s?, s:I, s:s*, s:s*, s:{s:I, s:s}}", "id", answer->id, "casefile", answer->casefile,
		"version", (json_int_t)answer->version, "notice", answer->notice, "arrangement", answer->arrangement,
		"record", "number", (json_int_t)answer->record_number, "hash", answer->record_hash);
}

json_t *acts_error_json(const GError *error, const ArenaList *problems)
{
	json_t *body = json_pack("{s:s, s:s?, s:s, s:s?}", "kind", evenhand_error_kind(error), "rule",
		evenhand_error_rule(error), "sentence", error->message, "field", evenhand_error_field(error));

	if (problems != NULL && problems->n > 1) {
		json_t *list = json_array();

		for (gsize i = 0; i < problems->n; i++) {
			const FieldProblem *problem = problems->items[i];

			json_array_append_new(list, json_pack("{s:s, s:s*, s:s}", "field", problem->field, "rule",
							    problem->rule, "sentence", problem->sentence));
		}
		json_object_set_new(body, "problems", list);
	}
	return json_pack("{s:o}", "error", body);
}

/* An answer that was given before under this request_id. *ret_known says whether there is one. */
static gboolean answered_before(Tx *tx, Arena *mem, const char *user, const char *request_id, const char *hash,
	ActAnswer *ret_answer, gboolean *ret_known, GError **error)
{
	RequestAnswerRow *row = NULL;
	json_t *json, *record;
	const char *record_hash;

	*ret_known = FALSE;
	if (request_id == NULL)
		return TRUE;
	if (!sql_request_answer(tx, mem, user, request_id, &row, error))
		return FALSE;
	if (row == NULL)
		return TRUE;
	if (!g_str_equal(row->hash, hash))
		return conflict(error,
			"The request_id '%s' was used for something else. Nothing was done; send this with a new one.",
			request_id);
	json = json_loads(row->answer, 0, NULL);
	record = json_object_get(json, "record");
	record_hash = json_string_value(json_object_get(record, "hash"));
	if (record_hash == NULL) {
		json_decref(json);
		return bug(error, "The answer kept under request_id '%s' cannot be read.", request_id);
	}
	/* id and casefile are null where the act had none */
	*ret_answer = (ActAnswer){.id = arena_strdup(mem, json_string_value(json_object_get(json, "id"))),
		.casefile = arena_strdup(mem, json_string_value(json_object_get(json, "casefile"))),
		.version = json_integer_value(json_object_get(json, "version")),
		.notice = arena_strdup(mem, json_string_value(json_object_get(json, "notice"))),
		.arrangement = arena_strdup(mem, json_string_value(json_object_get(json, "arrangement"))),
		.record_number = json_integer_value(json_object_get(record, "number")),
		.record_hash = arena_strdup(mem, record_hash)};
	json_decref(json);
	*ret_known = TRUE;
	return TRUE;
}

/* Now: given for demonstrations, else the clock; never before the record's last entry. */
static gboolean settle_time(ActRun *run, const Envelope *envelope, GError **error)
{
	HeadRow *head = NULL;
	Instant given = envelope->at != INSTANT_NONE ? envelope->at : run->caller->at;
	gint64 offset;

	if (given != INSTANT_NONE && !acts_is_demo(run->acts))
		return refuse_at(error, "K3", "at", "The time can be set only in a demonstration database.");
	if (given != INSTANT_NONE && !instant_check(given, "at", error))
		return FALSE;
	if (!sql_record_head(run->tx, run->mem, &head, error))
		return FALSE;
	if (!acts_clock_offset(run->acts, run->tx, &offset, error))
		return FALSE;
	run->now = given != INSTANT_NONE ? given : when_now() + offset;
	if (head->number > 0 && run->now < head->recorded_at) {
		if (given != INSTANT_NONE)
			return refuse_at(error, "K3", "at",
				"The record's last entry is of %s. Give a time that is not before it.",
				instant_format(run->mem, head->recorded_at));
		run->now = head->recorded_at; /* the machine's clock was set back: order is by number */
	}
	run->number = head->number + 1;
	run->happened_at = envelope->happened_at != INSTANT_NONE ? envelope->happened_at : run->now;
	if (run->happened_at > run->now + USEC_PER_MINUTE)
		return invalid(error, "happened_at",
			"What is recorded has happened already: give a time that is not after now.");
	run->happened_at = MIN(run->happened_at, run->now); /* clocks differ a little */
	return TRUE;
}

static gboolean settle_policy(ActRun *run, const Act *act, GError **error)
{
	g_autoptr(GError) none = NULL;

	run->pack = acts_pack_at(run->acts, run->tx, run->now, &none);
	if (run->pack == NULL) {
		run->today = (Day)(run->now / USEC_PER_DAY); /* nobody has said yet where we are */
		run->year = day_year(run->today);
		if (act->no_pack && g_error_matches(none, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND))
			return TRUE;
		g_propagate_error(error, g_steal_pointer(&none));
		return FALSE;
	}
	run->policy = pack_policy(run->pack);
	run->zone = acts_pack_zone(run->acts, run->pack);
	run->today = zone_day(run->zone, run->now);
	run->year = day_year(run->today);
	run->pack_label = policy_label(run->policy, run->mem);
	return TRUE;
}

static gboolean may_come(ActRun *run, const Act *act, GError **error)
{
	if (run->caller->machine) {
		Actor *machine = arena_new0(run->mem, Actor);

		machine->user_name = machine->name = run->caller->user_name;
		machine->machine = TRUE;
		run->actor = machine;
		return act->machine || refuse(error, NULL, "No job may do '%s'.", act->title);
	}
	if (!actor_load(run->tx, run->mem, run->caller->user_name, run->now, run->today, (Actor **)&run->actor, error))
		return FALSE;
	for (gsize i = 0; i < run->actor->n_roles; i++)
		if (act->by & (1u << run->actor->roles[i].role))
			return TRUE;
	for (gsize i = 0; i < run->actor->n_substitutes; i++)
		if (act->by & BY(HEAD_OF_FUNCTION))
			return TRUE;
	return refuse(error, NULL,
		"Your roles do not let you do '%s'. Ask your manager, or the administrator for the role.", act->title);
}

gboolean act_check_version(const char *casefile, gint64 version, gint64 seen, GError **error)
{
	return seen < 0 || seen == version ||
	       conflict(error,
		       "%s was changed by somebody else in the meantime (it is at version %" G_GINT64_FORMAT
		       ", you saw %" G_GINT64_FORMAT "). Look at it again, then repeat what you want to do.",
		       casefile, version, seen);
}

static gboolean names_casefile(const Envelope *envelope)
{
	return envelope->casefile != NULL || envelope->version >= 0;
}

/* The casefile that the envelope names, its version as the caller saw it. */
static gboolean load_file(ActRun *run, const Act *act, const Envelope *envelope, GError **error)
{
	gint64 changed;

	if (act->needs == ACT_NO_CASEFILE)
		return !names_casefile(envelope) || invalid(error, envelope->casefile != NULL ? "casefile" : "version",
							    "This act belongs to no casefile: leave '%s' out.",
							    envelope->casefile != NULL ? "casefile" : "version");
	if (act->needs == ACT_FINDS_CASEFILE) {
		run->named = envelope->casefile;
		run->seen = envelope->version;
		return run->named != NULL || run->seen < 0 ||
		       invalid(error, "version", "Say in 'casefile' which casefile's version this is.");
	}
	if (envelope->casefile == NULL)
		return invalid(error, "casefile", "Say which casefile this is about, such as CF-2026-000045.");
	if (!load_casefile(run->tx, run->mem, envelope->casefile, &run->file, error))
		return FALSE;
	if (!act_check_version(run->file->ref, run->file->version, envelope->version, error))
		return FALSE;
	run->casefile = run->file->ref;
	run->customer = run->file->customer;
	run->function = run->file->function;
	run->matters = run->file->matters;
	run->version = run->file->version;
	if (run->actor->machine) /* that a letter went out is no colleague's change: nobody has to read it first */
		return TRUE;
	if (!sql_casefile_move(run->tx, run->file->ref, run->file->version, &changed, error))
		return FALSE;
	g_assert(changed == 1); /* acts are serial: nobody moved it since it was loaded */
	run->version++;
	return TRUE;
}

static gboolean append_entry(ActRun *run, const Act *act, const json_t *json, ActAnswer *answer, GError **error)
{
	RecordEntry entry = {.recorded_at = run->now,
		.actor = run->actor->user_name,
		.via = run->caller->via,
		.act = act->name,
		.casefile = run->casefile,
		.subject = run->id,
		.pack = run->pack_label};
	gint64 number;

	entry.content = fields_content(act->fields, json, run->mem, &entry.content_length);
	bytes_random(entry.salt, sizeof entry.salt);
	if (!record_append(run->tx, run->mem, &entry, &number, &answer->record_hash, error))
		return FALSE;
	g_assert(number == run->number);
	answer->record_number = number;
	return TRUE;
}

/* K2: one line for the customer's and the casefile's timeline, and one on each matter's. */
static gboolean write_timeline(ActRun *run, const Act *act, GError **error)
{
	EventRow event = {.number = run->number,
		.customer = run->customer,
		.casefile = run->casefile,
		.function = run->function,
		.happened_at = run->happened_at,
		.act = act->name,
		.ref = run->id,
		.actor = run->actor->user_name,
		.summary = run->summary != NULL ? run->summary : act->title};

	if (run->silent)
		return TRUE;
	if (!sql_event_add(run->tx, &event, error))
		return FALSE;
	event.customer = event.casefile = NULL;
	for (gsize i = 0; run->matters != NULL && run->matters[i] != NULL; i++) {
		event.matter = run->matters[i];
		if (!sql_event_add(run->tx, &event, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean keep_answer(
	ActRun *run, const char *request_id, const char *hash, const ActAnswer *answer, GError **error)
{
	json_t *json;
	char *text;
	gboolean kept;

	if (request_id == NULL)
		return TRUE;
	json = acts_answer_json(answer);
	text = json_dumps(json, JSON_COMPACT);
	kept = sql_request_answer_add(run->tx, run->caller->user_name, request_id, hash, text, error);
	free(text);
	json_decref(json);
	return kept;
}

/* One act on its way, from the envelope to the moment before it is recorded. */
typedef struct {
	const Act *act;
	const json_t *json;
	Envelope envelope;
	const char *hash; /* of the request */
	ArenaList problems;
	ActRun run;
} Performance;

static gboolean begin(Performance *p, Acts *acts, Arena *mem, const ActCaller *caller, const char *name,
	const json_t *json, Tx **tx, GError **error)
{
	*p = (Performance){.act = acts_find(name), .json = json, .run = {.acts = acts, .mem = mem, .caller = caller}};
	if (p->act == NULL)
		return not_found(error, "There is no act '%s'. 'evenhand act' lists them.", name);
	if (!json_is_object(json))
		return invalid(error, NULL, "Send the act as one JSON object.");
	if (!parse_envelope(json, mem, &p->envelope, &p->problems))
		return first_problem(&p->problems, error);
	p->hash = request_hash(p->act, json, mem);
	if (!store_begin(acts_store(acts), tx, error))
		return FALSE;
	p->run.tx = *tx;
	return TRUE;
}

/* The act itself: who may, at what time, with what input; checked, decided and saved. */
static gboolean perform(Performance *p, GError **error)
{
	ActRun *run = &p->run;
	void *input;

	if (!settle_time(run, &p->envelope, error) || !settle_policy(run, p->act, error) ||
		!may_come(run, p->act, error))
		return FALSE;
	input = arena_alloc(run->mem, p->act->input_size);
	fields_parse(p->act->fields, p->json, ENVELOPE, run->mem, input, &p->problems);
	if (p->problems.n > 0)
		return first_problem(&p->problems, error);
	run->problems = &p->problems;
	run->rules = (RuleContext){.policy = run->policy, .zone = run->zone, .actor = run->actor, .now = run->now};
	return load_file(run, p->act, &p->envelope, error) && p->act->perform(run, input, error);
}

static ActAnswer answer_of(const ActRun *run)
{
	return (ActAnswer){.id = run->id,
		.casefile = run->casefile,
		.version = run->version,
		.notice = run->notice,
		.arrangement = run->arrangement};
}

gboolean acts_perform(Acts *acts, Arena *mem, const ActCaller *caller, const char *name, const json_t *json,
	ActAnswer *ret_answer, ArenaList *ret_problems, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	ActAnswer answer = {0};
	Performance p;
	gboolean known, done;

	done = begin(&p, acts, mem, caller, name, json, &tx, error) &&
	       answered_before(tx, mem, caller->user_name, p.envelope.request_id, p.hash, &answer, &known, error);
	if (done && known) {
		*ret_answer = answer;
		return TRUE;
	}
	done = done && perform(&p, error);
	if (ret_problems != NULL)
		*ret_problems = p.problems;
	if (!done)
		return FALSE;
	answer = answer_of(&p.run);
	if (!append_entry(&p.run, p.act, json, &answer, error) || !write_timeline(&p.run, p.act, error) ||
		!keep_answer(&p.run, p.envelope.request_id, p.hash, &answer, error) || !store_commit(&tx, error))
		return FALSE;
	*ret_answer = answer;
	return TRUE;
}

/* The letter that another act will make of it. That it cannot be made yet is no error of this act. */
static void preview(ActRun *run, const Act *act, ActTrial *trial)
{
	g_autoptr(GError) missing = NULL;

	trial->letter = run->letter;
	if (act->preview != NULL && !act->preview(run, &trial->letter, &missing))
		trial->letter_missing = arena_strdup(run->mem, missing->message);
}

/* The transaction ends without a commit, so nothing was done. */
gboolean acts_try(Acts *acts, Arena *mem, const ActCaller *caller, const char *name, const json_t *json,
	ActTrial *ret_trial, ArenaList *ret_problems, GError **error)
{
	g_autoptr(Tx) tx = NULL;
	Performance p;
	gboolean done;

	done = begin(&p, acts, mem, caller, name, json, &tx, error) && perform(&p, error);
	if (ret_problems != NULL)
		*ret_problems = p.problems;
	if (!done)
		return FALSE;
	*ret_trial = (ActTrial){.answer = answer_of(&p.run)};
	preview(&p.run, p.act, ret_trial);
	return TRUE;
}

gboolean act_new_reference(ActRun *run, const char *kind, const char **ret_reference, GError **error)
{
	return store_next_reference(run->tx, run->mem, kind, run->year, ret_reference, error);
}

void act_problems(ActRun *run, const ArenaList *errors)
{
	for (gsize i = 0; i < errors->n; i++) {
		const GError *error = errors->items[i];
		FieldProblem *problem = arena_new0(run->mem, FieldProblem);
		const char *field = evenhand_error_field(error);

		*problem = (FieldProblem){.field = field != NULL ? arena_strdup(run->mem, field) : "",
			.rule = arena_strdup(run->mem, evenhand_error_rule(error)),
			.sentence = arena_strdup(run->mem, error->message)};
		arena_list_add(run->mem, run->problems, problem);
	}
}
