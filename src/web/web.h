/* web.h: the pages, for people with a browser. Each row of web_routes says who may come; the act or the read function
 * behind it checks the fine right once more. A page fills in a struct, its template prints it, no page opens a
 * transaction and no rule of the policy stands here. Start reading at web.c; docs/howto/add-a-page.md adds one. */
#pragma once

#include "acts/acts.h"
#include "gate/gate.h"
#include "http/http.h"

typedef struct {
	Acts *acts;
	Gate *gate;        /* NULL where this process is no gate: look-ups are answered from the database */
	GateSource source; /* used where gate is NULL */
} Web;

/* The column of the route table that cannot be left out: one of the first two, or PAGE_FOR roles. */
enum {
	PAGE_PUBLIC = 1, /* anybody; a POST checks its own form key */
	PAGE_SIGNED_IN,
	PAGE_ROLES = 4 /* the roles begin at this bit */
};
#define PAGE_FOR(roles) ((int)((roles) << PAGE_ROLES))

/* The site for http_new; the Web must outlive the server. */
HttpSite web_site(Web *web);
extern const HttpRoute web_routes[];
