/* flow.c: the way of a flow, from its address to its answer: look, try, perform, keep a draft, go back. What stands in
 * its fields is flow_form.c, how it looks flow.html, which flows there are flow_table.c. No act is named here. */
#include "web/flow.h"

#include "web/flow_private.h"
#include "web/pages/sign_in.h"

#include <string.h>

enum { NEWS_MAX = 10 };

static const char *address_of(const Flow *flow)
{
	const FlowSubject *subject = &flow->subject;
	const char *path;

	if (subject->address != NULL)
		return subject->address;
	if (flow->row->place == FLOW_CASEFILE)
		return page_act_href(flow->mem, subject->casefile, flow->row->act, subject->about);
	path = arena_printf(flow->mem, "/customers/%s/%s", subject->customer, flow->row->act);
	return subject->about != NULL ? arena_printf(flow->mem, "%s?about=%s", path, subject->about) : path;
}

/* Where the flow leads back to. */
static const char *home_of(const Flow *flow)
{
	if (flow->subject.casefile != NULL)
		return arena_printf(flow->mem, "/casefiles/%s", flow->subject.casefile);
	if (flow->subject.customer != NULL)
		return arena_printf(flow->mem, "/customers/%s", flow->subject.customer);
	return "/";
}

static Flow *begin(Visit *visit, const FlowPage *row, const FlowSubject *subject)
{
	Flow *flow = arena_new0(visit->mem, Flow);

	*flow = (Flow){.visit = visit,
		.mem = visit->mem,
		.row = row,
		.act = acts_find(row->act),
		.subject = *subject,
		.keys = page_form_keys(visit)};
	g_assert(flow->act != NULL);
	flow->address = address_of(flow);
	if (flow->subject.back == NULL)
		flow->subject.back = home_of(flow);
	return flow;
}

/* Whom and what it is about, as that is now. */
static gboolean load_subject(Flow *flow, GError **error)
{
	const ActCaller caller = visit_caller(flow->visit);
	FlowSubject *subject = &flow->subject;
	CasefilePageView *file = NULL;
	CustomerView *customer = NULL;

	if (subject->casefile != NULL) {
		if (!read_casefile_page(flow->visit->web->acts, flow->mem, &caller, subject->casefile, &file, error))
			return FALSE;
		flow->file = file;
		if (subject->caption == NULL)
			subject->caption = arena_printf(flow->mem, "%s, %s", file->ref, file->customer_name);
	} else if (subject->customer != NULL) {
		if (!read_customer(flow->visit->web->acts, flow->mem, &caller, subject->customer, &customer, error))
			return FALSE;
		flow->customer = customer;
		if (subject->caption == NULL)
			subject->caption = arena_printf(flow->mem, "%s, %s", customer->ref, customer->name);
	}
	return TRUE;
}

/* Where the address names nothing and one thing waits for this act, it is about that. */
static const char *only_step(const Flow *flow)
{
	const char *only = NULL;

	for (gsize i = 0; flow->file != NULL && i < flow->file->n_steps; i++) {
		const StepView *step = &flow->file->steps[i];

		if (step->state != STEP_OPEN || step->about == NULL || g_strcmp0(step->act, flow->row->act) != 0)
			continue;
		if (only != NULL)
			return NULL;
		only = step->about;
	}
	return only;
}

/* What the address says is there before anything is typed. */
static void prefill_address(Flow *flow)
{
	if (flow->subject.about == NULL)
		flow->subject.about = only_step(flow);
	if (flow->row->about != NULL && flow->subject.about != NULL)
		flow_prefill(flow, flow->row->about, flow->subject.about);
	if (flow->customer != NULL)
		flow_prefill(flow, "customer", flow->subject.customer);
}

static gboolean load(Flow *flow, GError **error)
{
	if (!load_subject(flow, error))
		return FALSE;
	prefill_address(flow);
	return flow->row->fill == NULL || flow->row->fill(flow, error);
}

/* The version of the casefile that the form or the draft was filled in against; -1: none. */
static gint64 seen_version(const Flow *flow)
{
	const char *typed = flow_typed(flow, "version");
	gint64 version;

	return typed != NULL && g_ascii_string_to_signed(typed, 10, 0, G_MAXINT64, &version, NULL) ? version : -1;
}

/* What was done on the casefile since; a list that cannot be had is left out, for the form is what matters. */
static void look_for_news(Flow *flow)
{
	const ActCaller caller = visit_caller(flow->visit);
	const gint64 seen = seen_version(flow);
	g_autoptr(GError) error = NULL;
	Timeline *timeline = NULL;
	FlowNews *news;
	gint64 missed;

	if (flow->file == NULL || seen < 0 || seen >= flow->file->version)
		return;
	missed = MIN(flow->file->version - seen, NEWS_MAX);
	if (!read_timeline(flow->visit->web->acts, flow->mem, &caller, flow->file->ref,
		    &(TimelinePage){.limit = NEWS_MAX}, &timeline, &error)) {
		g_warning("%s %s: %s", http_method(flow->visit->request), flow->address, error->message);
		return;
	}
	news = arena_array(flow->mem, FlowNews, NEWS_MAX);
	for (gsize i = 0; i < timeline->n && (gint64)flow->n_news < missed; i++) {
		const TimelineLine *line = &timeline->lines[i];

		if (line->number > 0)
			news[flow->n_news++] = (FlowNews){.when = page_time(flow->visit, line->happened_at),
				.what = line->summary,
				.by = line->by_name,
				.own = g_strcmp0(line->by, flow->visit->session->user_name) == 0};
	}
	flow->own_news = (gint64)flow->n_news == missed;
	for (gsize i = 0; i < flow->n_news; i++)
		flow->own_news &= news[i].own;
	flow->news = news;
}

/* What is known to be in the way, and what mends it: before the act is tried, and after it was refused. */
static void look_for_way(Flow *flow)
{
	const char *rule = flow->result != NULL ? flow->result->rule : NULL;
	const StepView *found = NULL;
	const Act *mend;

	for (gsize i = 0; flow->file != NULL && i < flow->file->n_steps; i++) {
		const StepView *step = &flow->file->steps[i];

		if (step->act == NULL || !g_str_equal(step->act, flow->row->act))
			continue;
		if (flow->subject.about != NULL && step->about != NULL &&
			!g_str_equal(step->about, flow->subject.about))
			continue;
		if (step->state == STEP_OPEN)
			return;
		if (step->state == STEP_BLOCKED && (rule == NULL || g_strcmp0(rule, step->rule) == 0))
			found = step;
	}
	if (found == NULL)
		return;
	if (flow->result == NULL) {
		flow->in_the_way = found->sentence;
		flow->in_the_way_rule = found->rule;
	}
	mend = found->mend_act != NULL ? acts_find(found->mend_act) : NULL;
	if (mend != NULL && office_may(flow->visit->office, mend->by)) {
		flow->mend_href = flow_href(flow->mem, flow->file, found->mend_act, found->mend_about);
		flow->mend_text = flow_title(found->mend_act);
	}
}

const char *flow_title(const char *name)
{
	const FlowPage *row = flow_find(FLOW_CASEFILE, name);
	const Act *act = acts_find(name);

	if (row == NULL)
		row = flow_find(FLOW_CUSTOMER, name);
	return row != NULL ? row->title : act != NULL ? act->title : name;
}

const char *flow_href(Arena *mem, const CasefilePageView *file, const char *act, const char *about)
{
	const char *path;

	if (flow_find(FLOW_CUSTOMER, act) == NULL)
		return page_act_href(mem, file->ref, act, about);
	path = arena_printf(mem, "/customers/%s/%s", file->customer, act);
	return about != NULL ? arena_printf(mem, "%s?about=%s", path, about) : path;
}

static void send_form(Flow *flow, HttpResponse *response, int status)
{
	Layout frame = page_frame(flow->visit, flow->row->title);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	flow_collect(flow);
	flow_say_problems(flow);
	frame.has_problems = flow->n_problems > 0;
	flow->frame = &frame;
	flow_form_page(out, flow);
	page_send(flow->visit, response, status, out);
}

static void send_check(Flow *flow, HttpResponse *response)
{
	Layout frame = page_frame(flow->visit, "Check your answers");
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	FlowCheck check = {0};

	flow_collect(flow);
	check.rows = flow_check_rows(out, flow, &check.n_rows);
	flow->frame = &frame;
	flow_check_page(out, flow, &check);
	page_send(flow->visit, response, 200, out);
}

/* The form comes back with what was typed. */
static void give_back(Flow *flow, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;
	const char *typed_id = flow_typed(flow, "request_id");

	if (!load(flow, &error)) {
		resume_later(flow->visit, response, error);
		return;
	}
	/* The same request as before, so that whatever became of it stays one; after a conflict it is another one. */
	if (flow->result == NULL || flow->result->kind != EVENHAND_ERROR_CONFLICT)
		flow->keys.request_id = typed_id != NULL ? typed_id : flow->keys.request_id;
	flow->conflict = flow->result != NULL && flow->result->kind == EVENHAND_ERROR_CONFLICT && flow->file != NULL &&
			 seen_version(flow) >= 0 && seen_version(flow) < flow->file->version;
	if (flow->conflict)
		look_for_news(flow);
	if (flow->result != NULL)
		look_for_way(flow);
	send_form(flow, response, flow->result != NULL ? flow->result->status : 200);
}

static const char *with_query(const Flow *flow, const char *query)
{
	return arena_printf(flow->mem, "%s%c%s", flow->address, strchr(flow->address, '?') != NULL ? '&' : '?', query);
}

/* 'Go back' leads to what the flow is about, where that could be seen. */
static void fail(const Flow *flow, HttpResponse *response, const GError *error)
{
	page_error_back(
		flow->visit, response, error, flow->file != NULL || flow->customer != NULL ? flow->subject.back : NULL);
}

static gboolean load_draft(Flow *flow, const Draft **ret_draft, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;

	if (draft_load(flow->visit->web->acts, flow->mem, flow->visit->session->user_name, flow->row->act,
		    flow->address, ret_draft, &error))
		return TRUE;
	fail(flow, response, error);
	return FALSE;
}

/* Whoever may not do it is told so before they write. What somebody typed is given back all the same. */
static gboolean is_for_viewer(const Flow *flow, GError **error)
{
	const Office *office = flow->visit->office;

	return flow->row->heads == NULL || flow->file == NULL || flow->pairs != NULL ||
	       actor_capacity(office->actor, office->policy, flow->file->function) != CAPACITY_NONE ||
	       refuse(error, flow->row->heads,
		       "Only the head of function of %s, or who is named to act for them, may do this on %s. Tell them "
		       "what you know.",
		       flow->file->function_title, flow->file->ref);
}

static void open_form(Flow *flow, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;
	const Draft *draft = NULL;

	if (!load_draft(flow, &draft, response))
		return;
	if (draft != NULL)
		flow_fill_from_draft(flow, draft); /* before `fill`, which may look at what stands in the form */
	if (!load(flow, &error) || !is_for_viewer(flow, &error)) {
		fail(flow, response, error);
		return;
	}
	if (draft != NULL)
		look_for_news(flow);
	look_for_way(flow);
	/* What cannot be sent yet is offered to who wants to write it meanwhile, and to nobody else. */
	if (flow->in_the_way != NULL && draft == NULL && http_query(flow->visit->request, "write") == NULL)
		flow->write_href = with_query(flow, "write=draft");
	send_form(flow, response, 200);
}

static gboolean save_draft(Flow *flow, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;

	if (draft_save(flow->visit->web->acts, flow->visit->session->user_name, flow->row->act, flow->address,
		    flow_draft_text(flow), &error))
		return TRUE;
	resume_later(flow->visit, response, error);
	return FALSE;
}

static gboolean drop_draft(Flow *flow, GError **error)
{
	return draft_drop(
		flow->visit->web->acts, flow->visit->session->user_name, flow->row->act, flow->address, error);
}

static void discard(Flow *flow, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;

	if (drop_draft(flow, &error))
		http_redirect(response, flow->address);
	else
		resume_later(flow->visit, response, error);
}

/* FALSE: it would not be done, and the form came back. */
static gboolean try_act(Flow *flow, HttpResponse *response)
{
	FormResult *result = arena_new0(flow->mem, FormResult);
	ActTrial trial = {0};

	form_send(flow->visit, flow->row->act, flow->pairs, flow->n_pairs, result, &trial);
	flow->letter = trial.letter;
	flow->letter_missing = trial.letter_missing;
	if (!result->done) {
		flow->result = result;
		give_back(flow, response);
	}
	return result->done;
}

/* 'Check your answers' is a page of its own, so that going back to it, or loading it anew, sends nothing. The answers
 * are a draft meanwhile, and a link leads back to each question. */
static void check(Flow *flow, HttpResponse *response)
{
	if (try_act(flow, response) && save_draft(flow, response))
		http_redirect(response, with_query(flow, "check=answers"));
}

/* What would be done with the draft, and the letter. Without a draft it was sent, or somebody discarded it. */
static void show_check(Flow *flow, HttpResponse *response)
{
	g_autoptr(GError) error = NULL;
	const Draft *draft = NULL;

	if (!load_draft(flow, &draft, response))
		return;
	if (draft == NULL) {
		http_redirect(response, flow->address);
		return;
	}
	flow_fill_from_draft(flow, draft);
	flow->is_typed = TRUE;
	flow->go = "check";
	if (!try_act(flow, response))
		return;
	if (load(flow, &error))
		send_check(flow, response);
	else
		fail(flow, response, error);
}

/* The same, sent from the form that was gone back to: nothing is done until they say that it is to be done again. */
static gboolean ask_again(Flow *flow, const SentForm *earlier, HttpResponse *response)
{
	FormResult *result = arena_new0(flow->mem, FormResult);
	FieldProblem *problem = arena_new0(flow->mem, FieldProblem);

	*result = (FormResult){.status = 409, .kind = EVENHAND_ERROR_CONFLICT};
	*problem = (FieldProblem){.field = "", .sentence = form_sent_in_words(flow->visit, earlier)};
	arena_list_add(flow->mem, &result->problems, problem);
	flow->result = result;
	flow->problem_title = "This was sent already";
	flow->again = TRUE;
	give_back(flow, response);
	return FALSE;
}

/* FALSE: it is not to be sent now, and that was answered. */
static gboolean may_send(Flow *flow, HttpResponse *response)
{
	const char *request_id = flow_typed(flow, "request_id");
	g_autoptr(GError) error = NULL;
	const SentForm *earlier = NULL;

	if (request_id == NULL)
		return TRUE;
	if (!sent_form(flow->visit->web->acts, flow->mem,
		    &(SentForm){.user_name = flow->visit->session->user_name,
			    .about = flow->address,
			    .fingerprint = flow_fingerprint(flow),
			    .request_id = request_id},
		    flow_typed(flow, AGAIN) != NULL, &earlier, &error)) {
		resume_later(flow->visit, response, error);
		return FALSE;
	}
	return earlier == NULL || ask_again(flow, earlier, response);
}

/* A draft that outlives its act does no harm, so the act's answer does not wait for it. */
static void perform(Flow *flow, HttpResponse *response)
{
	FormResult *result = arena_new0(flow->mem, FormResult);
	g_autoptr(GError) error = NULL;

	if (!may_send(flow, response))
		return;
	form_send(flow->visit, flow->row->act, flow->pairs, flow->n_pairs, result, NULL);
	if (!result->done) {
		flow->result = result;
		give_back(flow, response);
		return;
	}
	if (!drop_draft(flow, &error))
		g_warning("%s %s: %s", http_method(flow->visit->request), flow->address, error->message);
	http_redirect(response, flow->row->after != NULL ? flow->row->after(flow, &result->answer)
							 : flow_done_href(flow->visit, home_of(flow), flow->row->act,
								   result->answer.id));
}

/* The letter as it would go out now, for the script that shows it below the form; nothing while there is none. */
static void preview(Flow *flow, HttpResponse *response)
{
	FormResult *result = arena_new0(flow->mem, FormResult);
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	ActTrial trial = {0};

	form_send(flow->visit, flow->row->act, flow->pairs, flow->n_pairs, result, &trial);
	flow->letter = result->done ? trial.letter : NULL;
	if (flow->letter != NULL)
		flow_letter(out, flow);
	page_send(flow->visit, response, flow->letter != NULL ? 200 : 204, out);
}

static void take_form(Flow *flow, HttpResponse *response)
{
	const char *go = flow->subject.go != NULL ? flow->subject.go : http_form(flow->visit->request, "go");

	flow->pairs = http_form_all(flow->visit->request, &flow->n_pairs);
	flow->is_typed = TRUE;
	flow->go = go != NULL ? go : flow->row->check ? "check" : "send";
	if (g_str_equal(flow->go, "send"))
		perform(flow, response);
	else if (g_str_equal(flow->go, "check"))
		check(flow, response);
	else if (g_str_equal(flow->go, "preview"))
		preview(flow, response);
	else if (g_str_equal(flow->go, "discard"))
		discard(flow, response);
	else if (!g_str_equal(flow->go, "draft"))
		give_back(flow, response); /* a button of the page's own */
	else if (save_draft(flow, response))
		http_redirect(response, with_query(flow, "draft=saved"));
}

void flow_respond(Visit *visit, const FlowPage *row, const FlowSubject *subject, HttpResponse *response)
{
	Flow *flow = begin(visit, row, subject);

	if (!office_may(visit->office, flow->act->by))
		page_trouble(visit, response, 403,
			&(Trouble){.heading = "You do not have access to this page",
				.sentence = "Ask your manager, or the administrator.",
				.back = flow->subject.back});
	else if (g_str_equal(http_method(visit->request), "POST"))
		take_form(flow, response);
	else if (row->check && http_query(visit->request, "check") != NULL)
		show_check(flow, response);
	else
		open_form(flow, response);
}

static const char *about_of(Visit *visit)
{
	const char *about = http_query(visit->request, "about");

	if (about == NULL)
		about = http_form(visit->request, "about");
	/* A reference, or nothing: it goes into addresses. */
	for (const char *c = about; c != NULL && *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && *c != '-')
			return NULL;
	return about != NULL && *about != '\0' ? about : NULL;
}

/* The last part of the path: a row of web_routes may stand for one act alone, for its own body_max. */
static const char *act_of(HttpRequest *request)
{
	return strrchr(http_path(request), '/') + 1;
}

void page_flow_casefile(void *context, HttpRequest *request, HttpResponse *response)
{
	const FlowPage *row = flow_find(FLOW_CASEFILE, act_of(request));

	if (row == NULL)
		page_problem(context, request, 404, response);
	else
		flow_respond(visit_of(request), row,
			&(FlowSubject){.casefile = http_param(request, "ref"), .about = about_of(visit_of(request))},
			response);
}

void page_flow_customer(void *context, HttpRequest *request, HttpResponse *response)
{
	const FlowPage *row = flow_find(FLOW_CUSTOMER, act_of(request));

	if (row == NULL)
		page_problem(context, request, 404, response);
	else
		flow_respond(visit_of(request), row,
			&(FlowSubject){.customer = http_param(request, "ref"), .about = about_of(visit_of(request))},
			response);
}

/* The banner's address carries a code of the session's, so that nobody can make a link that says what never was. */
static const char *code_of(Visit *visit, const char *act, const char *ref)
{
	const char *said = arena_printf(visit->mem, "%s %s", act, ref);

	return arena_own(visit->mem,
		g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)visit->session->form_key,
			strlen(visit->session->form_key), said, -1),
		g_free);
}

const char *flow_done_href(Visit *visit, const char *path, const char *act, const char *ref)
{
	return arena_printf(
		visit->mem, "%s?done=%s&ref=%s&code=%s", path, act, ref != NULL ? ref : "", code_of(visit, act, ref));
}

const FlowDone *flow_done(Visit *visit, const CasefilePageView *file)
{
	const char *act = http_query(visit->request, "done"), *ref = http_query(visit->request, "ref");
	const char *code = http_query(visit->request, "code");
	const FlowPage *row;
	FlowDone *done;

	if (act == NULL || ref == NULL || code == NULL || !g_str_equal(code, code_of(visit, act, ref)))
		return NULL;
	row = flow_find(FLOW_CASEFILE, act);
	if (row == NULL)
		row = flow_find(FLOW_CUSTOMER, act);
	if (row == NULL)
		row = flow_find(FLOW_OWN, act);
	if (row == NULL)
		return NULL;
	done = arena_memdup(visit->mem, &row->done, sizeof *done);
	if (row->say_done != NULL && !row->say_done(visit, file, ref, done))
		*done = row->done; /* not for them to see: no more than that it was done */
	return done->happened != NULL ? done : NULL;
}
