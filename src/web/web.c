/* web.c: the table of all pages: what is asked for, who may come, who answers. */
#include "web/web.h"

#include "web/assets.h"
#include "web/flow.h"
#include "web/page.h"
#include "web/pages/account.h"
#include "web/pages/admin.h"
#include "web/pages/admin_flows.h"
#include "web/pages/casefile.h"
#include "web/pages/contact.h"
#include "web/pages/customer.h"
#include "web/pages/end_call.h"
#include "web/pages/evidence.h"
#include "web/pages/gate_state.h"
#include "web/pages/identifiers.h"
#include "web/pages/letter.h"
#include "web/pages/mend.h"
#include "web/pages/pack.h"
#include "web/pages/policy.h"
#include "web/pages/record.h"
#include "web/pages/registers.h"
#include "web/pages/report.h"
#include "web/pages/reset.h"
#include "web/pages/sign_in.h"
#include "web/pages/suggest.h"
#include "web/pages/try_this.h"
#include "web/pages/work.h"
#include "web/pages/work_flows.h"

enum { FILE_MAX = 11 << 20, FILE_TEXT_MAX = 256 << 10 }; /* a form with a file; what is kept where it is too long */
enum { FORM_MAX = 1 << 20 }; /* more than any field keeps, so that a text that is too long comes back and is not lost */

static gboolean takes_gzip(HttpRequest *request)
{
	const char *accepted = http_header(request, "Accept-Encoding");

	return accepted != NULL && g_strrstr(accepted, "gzip") != NULL;
}

static void page_asset(void *context, HttpRequest *request, HttpResponse *response)
{
	const Asset *asset = asset_find(http_path(request));

	if (asset == NULL) {
		page_problem(context, request, 404, response);
		return;
	}
	*response = (HttpResponse){.status = 200,
		.content_type = asset->content_type,
		.body = (const char *)asset->data,
		.length = asset->length,
		.is_static = TRUE};
	http_header_set(response, "Cache-Control", "public, max-age=31536000, immutable");
	if (asset->gzipped == NULL)
		return;
	http_header_set(response, "Vary", "Accept-Encoding");
	if (takes_gzip(request)) {
		http_header_set(response, "Content-Encoding", "gzip");
		response->body = (const char *)asset->gzipped;
		response->length = asset->gzipped_length;
	}
}

#define ADMIN_SEES (BY(ADMINISTRATOR) | BY(AUDITOR))
/* A flow's form and what it sends come to one handler. */
#define ADMIN_FLOW(where, who, handler)                                                                                \
	{.method = "GET", .path = (where), .right = PAGE_FOR(who), .handle = (handler)},                               \
	{                                                                                                              \
		.method = "POST", .path = (where), .right = PAGE_FOR(who), .handle = (handler), .body_max = FORM_MAX   \
	}

const HttpRoute web_routes[] = {
	{.method = "GET", .path = "/assets/*file", .right = PAGE_PUBLIC, .handle = page_asset, .quick = TRUE},
	{.method = "GET", .path = "/policy", .right = PAGE_PUBLIC, .handle = page_policy},
	{.method = "GET", .path = "/sign-in", .right = PAGE_PUBLIC, .handle = page_sign_in},
	{.method = "POST",
		.path = "/sign-in",
		.right = PAGE_PUBLIC,
		.handle = page_sign_in_post,
		.body_max = FORM_MAX + (FORM_MAX >> 3)}, /* it may carry another form */
	{.method = "GET", .path = "/sign-in/code", .right = PAGE_PUBLIC, .handle = page_sign_in_code},
	{.method = "POST",
		.path = "/sign-in/code",
		.right = PAGE_PUBLIC,
		.handle = page_sign_in_code_post,
		.body_max = FORM_MAX + (FORM_MAX >> 3)},
	{.method = "POST", .path = "/sign-out", .right = PAGE_PUBLIC, .handle = page_sign_out},
	{.method = "GET", .path = "/reset/:secret", .right = PAGE_PUBLIC, .handle = page_reset},
	{.method = "POST", .path = "/reset/:secret", .right = PAGE_PUBLIC, .handle = page_reset_post},
	{.method = "GET", .path = "/account", .right = PAGE_SIGNED_IN, .handle = page_account},
	{.method = "POST", .path = "/account/sessions", .right = PAGE_SIGNED_IN, .handle = page_account_sessions},
	{.method = "GET", .path = "/account/password", .right = PAGE_SIGNED_IN, .handle = page_account_password},
	{.method = "POST", .path = "/account/password", .right = PAGE_SIGNED_IN, .handle = page_account_password_post},
	{.method = "GET", .path = "/account/second-factor", .right = PAGE_SIGNED_IN, .handle = page_second_factor},
	{.method = "POST",
		.path = "/account/second-factor/begin",
		.right = PAGE_SIGNED_IN,
		.handle = page_second_factor_begin},
	{.method = "POST",
		.path = "/account/second-factor/confirm",
		.right = PAGE_SIGNED_IN,
		.handle = page_second_factor_confirm},
	{.method = "GET",
		.path = "/account/second-factor/off",
		.right = PAGE_SIGNED_IN,
		.handle = page_second_factor_off},
	{.method = "POST",
		.path = "/account/second-factor/off",
		.right = PAGE_SIGNED_IN,
		.handle = page_second_factor_off_post},
	{.method = "GET", .path = "/account/recovery-codes", .right = PAGE_SIGNED_IN, .handle = page_recovery_codes},
	{.method = "POST",
		.path = "/account/recovery-codes",
		.right = PAGE_SIGNED_IN,
		.handle = page_recovery_codes_post},
	{.method = "GET",
		.path = "/admin/staff/:user/reset-password",
		.right = PAGE_FOR(BY(ADMINISTRATOR)),
		.handle = page_admin_reset_password},
	{.method = "POST",
		.path = "/admin/staff/:user/reset-password",
		.right = PAGE_FOR(BY(ADMINISTRATOR)),
		.handle = page_admin_reset_password},
	{.method = "GET",
		.path = "/admin/staff/:user/reset-second-factor",
		.right = PAGE_FOR(BY(ADMINISTRATOR)),
		.handle = page_admin_reset_second_factor},
	{.method = "POST",
		.path = "/admin/staff/:user/reset-second-factor",
		.right = PAGE_FOR(BY(ADMINISTRATOR)),
		.handle = page_admin_reset_second_factor},
	{.method = "GET", .path = "/", .right = PAGE_SIGNED_IN, .handle = page_contact},
	{.method = "GET", .path = "/suggest/customers", .right = PAGE_FOR(BY_ANYONE), .handle = page_suggest},
	{.method = "POST",
		.path = "/contacts",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_contact_log,
		.body_max = FORM_MAX},
	{.method = "POST", .path = "/log-again", .right = PAGE_FOR(BY_ANYONE), .handle = page_contact_log},
	{.method = "POST", .path = "/read-out", .right = PAGE_FOR(BY_ANYONE), .handle = page_contact_read_out},
	{.method = "POST",
		.path = "/end-call",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_end_call,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/customers/new", .right = PAGE_FOR(BY_ANYONE), .handle = page_new_customer},
	{.method = "POST",
		.path = "/customers/new",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_new_customer,
		.body_max = FORM_MAX},
	{.method = "GET",
		.path = "/customers/:ref",
		.right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)),
		.handle = page_customer},
	{.method = "GET",
		.path = "/casefiles/:ref",
		.right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)),
		.handle = page_casefile},
	{.method = "GET", .path = "/report", .right = PAGE_FOR(BY_ANYONE), .handle = page_report},
	{.method = "POST",
		.path = "/report",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_report,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/letters/:ref", .right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)), .handle = page_letter},
	{.method = "GET",
		.path = "/evidence/:ref",
		.right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)),
		.handle = page_evidence_file},
	{.method = "GET", .path = "/entries/:ref/strike", .right = PAGE_FOR(BY_ANYONE), .handle = page_strike},
	{.method = "POST",
		.path = "/entries/:ref/strike",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_strike,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/entries/:ref/correct", .right = PAGE_FOR(BY_ANYONE), .handle = page_correct},
	{.method = "POST",
		.path = "/entries/:ref/correct",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_correct,
		.body_max = FORM_MAX},
	{.method = "POST",
		.path = "/casefiles/:ref/attach-evidence",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_flow_casefile,
		.body_max = FILE_MAX,
		.text_max = FILE_TEXT_MAX},
	/* The page of an act (flow_table.c), with the act's own right; a row for one act alone stands before these. */
	{.method = "GET", .path = "/casefiles/:ref/:act", .right = PAGE_FOR(BY_ANYONE), .handle = page_flow_casefile},
	{.method = "POST",
		.path = "/casefiles/:ref/:act",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_flow_casefile,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/customers/:ref/:act", .right = PAGE_FOR(BY_ANYONE), .handle = page_flow_customer},
	{.method = "POST",
		.path = "/customers/:ref/:act",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_flow_customer,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/admin/staff", .right = PAGE_FOR(ADMIN_SEES), .handle = page_admin_staff},
	ADMIN_FLOW("/admin/staff/new", BY(ADMINISTRATOR), page_admin_add_staff),
	{.method = "GET", .path = "/admin/staff/:user", .right = PAGE_FOR(ADMIN_SEES), .handle = page_admin_person},
	ADMIN_FLOW("/admin/staff/:user/grant", BY(ADMINISTRATOR), page_admin_grant),
	ADMIN_FLOW("/admin/staff/:user/revoke", BY(ADMINISTRATOR), page_admin_revoke),
	ADMIN_FLOW("/admin/staff/:user/end", BY(ADMINISTRATOR), page_admin_end_staff),
	{.method = "GET",
		.path = "/admin/functions",
		.right = PAGE_FOR(ADMIN_SEES | BY(HEAD_OF_FUNCTION)),
		.handle = page_admin_functions},
	ADMIN_FLOW("/admin/functions/new", BY(ADMINISTRATOR), page_admin_add_function),
	ADMIN_FLOW(
		"/admin/functions/:function/stand-in", BY(ADMINISTRATOR) | BY(HEAD_OF_FUNCTION), page_admin_substitute),
	{.method = "GET", .path = "/admin/doors", .right = PAGE_FOR(ADMIN_SEES), .handle = page_admin_doors},
	ADMIN_FLOW("/admin/doors/new", BY(ADMINISTRATOR), page_admin_add_door),
	{.method = "GET", .path = "/admin/tokens", .right = PAGE_FOR(ADMIN_SEES), .handle = page_admin_tokens},
	{.method = "GET", .path = "/try-this", .right = PAGE_PUBLIC, .handle = page_try_this},
	{.method = "GET", .path = "/pack", .right = PAGE_SIGNED_IN, .handle = page_pack},
	{.method = "GET", .path = "/pack/letters/:kind", .right = PAGE_SIGNED_IN, .handle = page_pack_letter},
	{.method = "GET", .path = "/gate", .right = PAGE_FOR(ADMIN_SEES), .handle = page_gate_state},
	{.method = "GET",
		.path = "/record",
		.right = PAGE_FOR(ADMIN_SEES | BY(RECORDS_OFFICER)),
		.handle = page_record},
	{.method = "POST",
		.path = "/record",
		.right = PAGE_FOR(ADMIN_SEES | BY(RECORDS_OFFICER)),
		.handle = page_record},
	{.method = "GET", .path = "/work", .right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)), .handle = page_work},
	{.method = "GET",
		.path = "/registers/:name",
		.right = PAGE_FOR(BY_ANYONE | BY(AUDITOR)),
		.handle = page_register},
	{.method = "GET", .path = "/work/follow-up", .right = PAGE_FOR(BY_ANYONE), .handle = page_follow_up},
	{.method = "POST",
		.path = "/work/follow-up",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_follow_up,
		.body_max = FORM_MAX},
	{.method = "GET", .path = "/work/assign", .right = PAGE_FOR(BY_ANYONE), .handle = page_assign},
	{.method = "POST", .path = "/work/assign", .right = PAGE_FOR(BY_ANYONE), .handle = page_assign},
	{.method = "GET", .path = "/items/:ref", .right = PAGE_FOR(BY_ANYONE), .handle = page_item},
	{.method = "POST",
		.path = "/items/:ref",
		.right = PAGE_FOR(BY_ANYONE),
		.handle = page_item,
		.body_max = FORM_MAX},
	{.method = NULL},
};

HttpSite web_site(Web *web)
{
	return (HttpSite){
		.routes = web_routes, .admit = visit_admit, .problem = page_problem, .context = web, .prefix = ""};
}
