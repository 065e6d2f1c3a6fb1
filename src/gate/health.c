/* health.c: how the gate is, for people and for Prometheus. */
#include "gate/gate_private.h"

void gate_health(Gate *gate, GateHealth *ret_health)
{
	GateHealth health = {.confirmed_ms = -1};
	const char *why = NULL;
	GateSnapshot *snapshot = gate_take(gate, &why);
	gboolean journal_failed = atomic_load(&gate->journal_failed);

	health.answers = snapshot != NULL && !journal_failed;
	gate_snapshot_unref(snapshot);
	pthread_mutex_lock(&gate->mutex);
	if (gate->snapshot != NULL) {
		const char *first;

		health.has_snapshot = TRUE;
		health.version = gate_snapshot_number(gate->snapshot);
		health.confirmed_ms = (g_get_monotonic_time() - gate->confirmed_us) / 1000;
		health.identifiers = gate_index_size(gate_snapshot_index(gate->snapshot));
		health.index_bytes = gate_index_bytes(gate_snapshot_index(gate->snapshot));
		health.problems = gate_snapshot_problems(gate->snapshot, &first);
	}
	health.snapshots = gate->snapshots;
	g_strlcpy(health.error, gate->error, sizeof health.error);
	if (health.error[0] == '\0' && journal_failed)
		g_strlcpy(health.error, gate->journal_error, sizeof health.error);
	if (health.error[0] == '\0' && why != NULL)
		g_strlcpy(health.error, why, sizeof health.error);
	pthread_mutex_unlock(&gate->mutex);
	for (int i = 0; i < VERDICTS; i++)
		health.by_verdict[i] = atomic_load_explicit(&gate->by_verdict[i], memory_order_relaxed);
	health.failures = atomic_load_explicit(&gate->failures, memory_order_relaxed);
	health.connections = lines_connections(gate->lines);
	health.refused = lines_refused(gate->lines);
	health.closed = lines_closed(gate->lines);
	health.journal_end = gate_journal_end(gate->journal);
	*ret_health = health;
}

json_t *gate_health_json(Gate *gate)
{
	GateHealth health;

	gate_health(gate, &health);
	return json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:s}", "answers", health.answers, "version",
		(json_int_t)health.version, "confirmed_ms", (json_int_t)health.confirmed_ms, "identifiers",
		(json_int_t)health.identifiers, "problems", (json_int_t)health.problems, "failures",
		(json_int_t)health.failures, "connections", (json_int_t)health.connections, "error", health.error);
}

static void metric(GString *out, const char *name, const char *type, const char *help, gint64 value)
{
	g_string_append_printf(
		out, "# HELP %s %s\n# TYPE %s %s\n%s %" G_GINT64_FORMAT "\n", name, help, name, type, name, value);
}

void gate_metrics(Gate *gate, GString *out)
{
	GateHealth health;

	gate_health(gate, &health);
	metric(out, "evenhand_gate_up", "gauge", "1 where the gate can answer.", health.answers);
	metric(out, "evenhand_gate_snapshot_number", "gauge", "The record's entry at which the snapshot stands.",
		health.version);
	metric(out, "evenhand_gate_confirmed_milliseconds", "gauge",
		"Since the database last confirmed the snapshot; -1: never.", health.confirmed_ms);
	metric(out, "evenhand_gate_snapshots_total", "counter", "Snapshots made.", health.snapshots);
	metric(out, "evenhand_gate_identifiers", "gauge", "Identifiers in the index.", (gint64)health.identifiers);
	metric(out, "evenhand_gate_index_bytes", "gauge", "Memory of the index.", (gint64)health.index_bytes);
	metric(out, "evenhand_gate_unreadable_arrangements", "gauge", "Arrangements that could not be read.",
		(gint64)health.problems);
	g_string_append(out, "# HELP evenhand_gate_answers_total Answers by verdict.\n"
			     "# TYPE evenhand_gate_answers_total counter\n");
	for (int i = 0; i < VERDICTS; i++)
		g_string_append_printf(out, "evenhand_gate_answers_total{verdict=\"%s\"} %" G_GINT64_FORMAT "\n",
			verdict_name((Verdict)i), health.by_verdict[i]);
	metric(out, "evenhand_gate_failures_total", "counter", "Questions that were not answered.", health.failures);
	metric(out, "evenhand_gate_connections", "gauge", "Connections of line protocols.", health.connections);
	metric(out, "evenhand_gate_refused_total", "counter", "Connections refused at the limit.", health.refused);
	metric(out, "evenhand_gate_closed_total", "counter", "Connections closed for what they sent.", health.closed);
	metric(out, "evenhand_gate_journal_bytes", "counter", "Bytes of the journal written so far.",
		health.journal_end);
}
