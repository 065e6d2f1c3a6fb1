/* health.c: /healthz says in JSON whether database and gate work, and what is the matter; /metrics counts for
 * Prometheus. Neither holds personal data. */
#include "api/api.h"

#include "acts/read.h"

void api_healthz(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	GateHealth gate = {.answers = TRUE};
	StorePulse database;
	const char *warning;
	json_t *health;

	store_pulse(acts_store(api->acts), &database);
	health = json_pack("{s:b, s:s?, s:I}", "database", database.works, "database_error",
		database.works ? NULL : database.error, "record", (json_int_t)database.number);
	warning = read_clock_warning(api->acts, http_arena(request), database.number, database.at);
	json_object_set_new(health, "warning", warning != NULL ? json_string(warning) : json_null());
	if (api->gate != NULL) {
		gate_health(api->gate, &gate);
		json_object_set_new(health, "gate", gate_health_json(api->gate));
	}
	api_json(request, response, database.works && gate.answers ? 200 : 503, health);
}

void api_metrics(void *context, HttpRequest *request, HttpResponse *response)
{
	Api *api = context;
	const HttpCounts counts = http_counts(http_server(request));
	GString *out = g_string_new(NULL);
	StorePulse database;

	store_pulse(acts_store(api->acts), &database);
	g_string_append_printf(out, "# TYPE evenhand_database_up gauge\nevenhand_database_up %d\n", database.works);
	/* K3: the head, so that a cut-off end is noticed elsewhere. */
	g_string_append_printf(out,
		"# TYPE evenhand_record_entries counter\nevenhand_record_entries{head=\"%s\"} %" G_GINT64_FORMAT "\n",
		database.hash, database.number);
	g_string_append_printf(out,
		"# TYPE evenhand_http_requests_total counter\nevenhand_http_requests_total %" G_GUINT64_FORMAT
		"\n# TYPE evenhand_http_failures_total counter\nevenhand_http_failures_total %" G_GUINT64_FORMAT
		"\n# TYPE evenhand_http_refused_total counter\nevenhand_http_refused_total %" G_GUINT64_FORMAT
		"\n# TYPE evenhand_http_waiting gauge\nevenhand_http_waiting %u\n",
		counts.requests, counts.failures, counts.refused, counts.waiting);
	if (api->gate != NULL)
		gate_metrics(api->gate, out);
	http_text(response, 200, "text/plain; version=0.0.4",
		arena_own(http_arena(request), g_string_free(out, FALSE), g_free));
}
