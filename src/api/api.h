/* api.h: the same acts, reads and gate as JSON under /api/v1, and what watches the program: /healthz and /metrics.
 * Callers bring `Authorization: Bearer TOKEN`; a gate's token may only ask. No rule stands here. */
#pragma once

#include "acts/auth.h"
#include "api/askers.h"
#include "gate/gate.h"
#include "http/http.h"

typedef struct {
	Acts *acts;
	Gate *gate;    /* NULL where this process is no gate: /api/v1/gate/ask says where to ask */
	Askers askers; /* ASKERS_INIT */
} Api;

/* The column of the route table that cannot be left out. */
typedef enum {
	API_PUBLIC = 1, /* nobody in particular */
	API_ASK,        /* a gate's token, or a person's */
	API_PERSON,     /* a person's token */
} ApiRight;

/* The site for http_new; the Api must outlive the server. */
HttpSite api_site(Api *api);
extern const HttpRoute api_routes[];

/* The gate's question, as POST /api/v1/gate/ask takes it. */
extern const Field api_ask_fields[];

/* The description of all of it, openapi.yaml. */
char *openapi_make(Arena *mem);

/* Shared by the handlers of this folder. */
void api_json(HttpRequest *request, HttpResponse *response, int status, json_t *value /* takes the reference */);
void api_error(HttpRequest *request, HttpResponse *response, const GError *error, const ArenaList *problems);
/* The caller behind the request's token (API_PERSON). */
ActCaller api_caller(HttpRequest *request);

void api_act(void *context, HttpRequest *request, HttpResponse *response);
void api_show(void *context, HttpRequest *request, HttpResponse *response);
void api_evidence_file(void *context, HttpRequest *request, HttpResponse *response);
void api_list(void *context, HttpRequest *request, HttpResponse *response);
void api_ask(void *context, HttpRequest *request, HttpResponse *response);
void api_openapi(void *context, HttpRequest *request, HttpResponse *response);
void api_healthz(void *context, HttpRequest *request, HttpResponse *response);
void api_metrics(void *context, HttpRequest *request, HttpResponse *response);
