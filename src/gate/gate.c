/* gate.c: what a process's gate owns, and answering. Renewing the snapshot is refresh.c's, health health.c's. */
#include "gate/gate_private.h"

#include "gate/postfix.h"

#define ASK_AGAIN_MAX 8

gboolean gate_new(const GateSettings *settings, Gate **ret_gate, GError **error)
{
	g_autoptr(Gate) gate = g_new0(Gate, 1);
	pthread_condattr_t monotonic;

	gate->store = settings->store;
	gate->source = settings->source;
	gate->journal_dir = g_strdup(settings->journal_dir);
	gate->poll_ms = settings->poll_ms > 0 ? settings->poll_ms : store_is_sqlite(settings->store) ? 50 : 200;
	gate->counts = gate_counts_new();
	gate->mark = gate->confirmed_us = -1;
	pthread_mutex_init(&gate->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&gate->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	gate->lines = lines_new(gate, &LINES_LIMITS);
	if (!gate_journal_open(gate->journal_dir, &gate->journal, error))
		return FALSE;
	*ret_gate = g_steal_pointer(&gate);
	return TRUE;
}

void gate_free(Gate *gate)
{
	if (gate == NULL)
		return;
	gate_stop(gate);
	lines_free(gate->lines);
	gate_journal_close(gate->journal);
	gate_snapshot_unref(gate->snapshot);
	gate_counts_free(gate->counts);
	pthread_cond_destroy(&gate->wake);
	pthread_mutex_destroy(&gate->mutex);
	g_free(gate->journal_dir);
	g_free(gate);
}

/* The line protocols, by the name that `serve --gate-NAME` gives them. */
static const GateProtocol *const protocols[] = {&POSTFIX_PROTOCOL};

gboolean gate_listen(Gate *gate, const char *protocol, const char *address, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(protocols); i++)
		if (strcmp(protocols[i]->name, protocol) == 0)
			return lines_bind(gate->lines, protocols[i], address, error);
	return invalid(error, "protocol", "The gate does not speak '%s'.", protocol);
}

gboolean gate_start(Gate *gate, GError **error)
{
	if (pthread_create(&gate->refresher, NULL, gate_refresh_thread, gate) != 0)
		return unavailable(error, "The thread that renews the gate's snapshot cannot be started.");
	gate->started = TRUE;
	return TRUE;
}

void gate_stop(Gate *gate)
{
	if (!gate->started)
		return;
	pthread_mutex_lock(&gate->mutex);
	gate->ending = TRUE;
	pthread_cond_signal(&gate->wake);
	pthread_mutex_unlock(&gate->mutex);
	pthread_join(gate->refresher, NULL);
	lines_stop(gate->lines);
	gate->started = FALSE;
}

GateSnapshot *gate_take(Gate *gate, const char **ret_why)
{
	GateSnapshot *snapshot = NULL;

	pthread_mutex_lock(&gate->mutex);
	if (gate->snapshot == NULL) {
		*ret_why = "the database was not read yet";
	} else if (g_get_monotonic_time() - gate->confirmed_us >
		   gate_snapshot_policy(gate->snapshot)->gate.stale_after_seconds * USEC_PER_SEC) {
		*ret_why = "the database has not confirmed the arrangements for too long";
	} else {
		snapshot = gate_snapshot_ref(gate->snapshot);
	}
	pthread_mutex_unlock(&gate->mutex);
	return snapshot;
}

Instant gate_now(const GateSnapshot *snapshot)
{
	return when_now() + gate_snapshot_clock_offset(snapshot);
}

gboolean gate_ask_live(
	Gate *gate, const GateSnapshot *snapshot, const GateQuery *query, GateAnswer *ret_answer, GError **error)
{
	for (int again = 0; again < ASK_AGAIN_MAX; again++) {
		const GateCandidate *person;

		if (!gate_ask(snapshot, gate->counts, query, ret_answer, error))
			return FALSE;
		person = gate_answer_person(ret_answer);
		if (query->contact_id == NULL || person == NULL || person->answer.n_uses == 0 ||
			gate_counts_use(gate->counts, query->contact_id, &person->answer))
			return TRUE;
	}
	return unavailable(error, "Too many contacts at once use the same allowance.");
}

/* Whether a customer's own identifier, or their name, was given: a representative's proceed is not theirs. */
static gboolean is_known_customer(const GateAnswer *answer)
{
	for (gsize i = 0; i < answer->n_listed; i++)
		if (!answer->candidates[i].exempt)
			return TRUE;
	return FALSE;
}

void gate_keep(Gate *gate, const GateSnapshot *snapshot, const GateQuery *query, const GateAnswer *answer,
	const GateKeep *keep, GByteArray *batch)
{
	GateEntry entry;
	guint8 hash[16];

	atomic_fetch_add_explicit(&gate->by_verdict[answer->verdict], 1, memory_order_relaxed);
	if (keep->not_kept)
		return;
	if (answer->verdict != VERDICT_PROCEED || keep->item != NULL || is_known_customer(answer)) {
		gate_entry_from_answer(query, answer, &entry);
		entry.item = keep->item;
		entry.recipients = keep->recipients;
		gate_entry_add_contact(batch, &entry, answer, query->contact_id != NULL);
	} else if (answer->key_length > 0 && gate_snapshot_stranger(snapshot, answer->key, answer->key_length, hash)) {
		gate_entry_add_stranger(batch, query->channel, query->at, hash);
	}
}

gboolean gate_commit(Gate *gate, GByteArray *batch, GError **error)
{
	g_autoptr(GError) trouble = NULL;

	if (batch->len == 0)
		return TRUE;
	if (gate_journal_append(gate->journal, batch, &trouble)) {
		if (atomic_exchange(&gate->journal_failed, FALSE))
			g_message("the gate's journal is written again");
		g_byte_array_set_size(batch, 0);
		return TRUE;
	}
	g_byte_array_set_size(batch, 0);
	atomic_store(&gate->journal_failed, TRUE);
	pthread_mutex_lock(&gate->mutex);
	g_strlcpy(gate->journal_error, trouble->message, sizeof gate->journal_error);
	pthread_mutex_unlock(&gate->mutex);
	g_propagate_error(error, g_steal_pointer(&trouble));
	return FALSE;
}

void gate_note_failure(Gate *gate)
{
	atomic_fetch_add_explicit(&gate->failures, 1, memory_order_relaxed);
}

/* The pack's words for whoever asked in vain. */
static gboolean cannot_answer(Gate *gate, const char *why, GError **error)
{
	const char *words = NULL;

	gate_note_failure(gate);
	pthread_mutex_lock(&gate->mutex);
	if (gate->snapshot != NULL)
		words = gate_snapshot_policy(gate->snapshot)->gate.unavailable_words;
	pthread_mutex_unlock(&gate->mutex);
	if (words == NULL)
		words = "The arrangements could not be looked up just now. Help as you would help anybody.";
	return unavailable(error, "%s (%s)", words, why);
}

static gboolean answer_live(
	Gate *gate, const GateSnapshot *snapshot, const GateQuery *query, GateAnswer *answer, GError **error)
{
	static const GateKeep keep = {0};
	g_autoptr(GByteArray) batch = g_byte_array_new();
	g_autoptr(GError) trouble = NULL;

	if (!gate_ask_live(gate, snapshot, query, answer, error))
		return FALSE;
	gate_keep(gate, snapshot, query, answer, &keep, batch);
	return gate_commit(gate, batch, &trouble) || cannot_answer(gate, trouble->message, error);
}

gboolean gate_ask_json(Gate *gate, const GateQuery *query, json_t **ret_answer, GError **error)
{
	g_autoptr(GateSnapshot) snapshot = NULL;
	g_autofree GateAnswer *answer = g_new(GateAnswer, 1);
	GateQuery asked = *query;
	const char *why = NULL;

	snapshot = gate_take(gate, &why);
	if (snapshot == NULL)
		return cannot_answer(gate, why, error);
	if (asked.at == INSTANT_NONE)
		asked.at = gate_now(snapshot);
	if (asked.contact_id != NULL ? !answer_live(gate, snapshot, &asked, answer, error)
				     : !gate_ask(snapshot, gate->counts, &asked, answer, error))
		return FALSE;
	*ret_answer = gate_answer_json(snapshot, &asked, answer);
	return TRUE;
}

gboolean gate_look_up(Store *store, const GateSource *source, const char *journal_dir, const GateQuery *query,
	json_t **ret_answer, GError **error)
{
	g_autoptr(Arena) mem = arena_new(GATE_ROWS_MAX);
	g_autoptr(Tx) tx = NULL;
	g_autoptr(GateSnapshot) snapshot = NULL;
	g_autofree GateAnswer *answer = g_new(GateAnswer, 1);
	GateCounts *counts = gate_counts_new();
	GateQuery asked = *query;
	GateFacts facts;
	gboolean done;

	done = store_read(store, &tx, error) && gate_facts_read(source, tx, when_now(), mem, &facts, error) &&
	       gate_snapshot_new(&facts, source, tx, &snapshot, error) &&
	       gate_counts_load(counts, tx, facts.at, journal_dir, mem, error);
	asked.contact_id = NULL;
	if (done && asked.at == INSTANT_NONE)
		asked.at = gate_now(snapshot);
	done = done && gate_ask(snapshot, counts, &asked, answer, error);
	if (done)
		*ret_answer = gate_answer_json(snapshot, &asked, answer);
	gate_counts_free(counts);
	return done;
}
