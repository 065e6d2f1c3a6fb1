/* resume.c: forms that are carried through a sign-in, or come from an earlier session. Which requests these are is
 * visit.c's to say. */
#include "web/pages/resume.h"

#include "web/words.h"

#include <string.h>

#define KEPT "kept."

/* Fields of the form's own machinery, which a person did not type. */
static gboolean is_machinery(const char *name)
{
	static const char *const NAMES[] = {"csrf", "request_id", "version", "go", "q"};

	for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
		if (g_str_equal(name, NAMES[i]))
			return TRUE;
	return FALSE;
}

/* A password, a code or a link's secret is put into no page: it is asked for again. */
static gboolean holds_secret(const HttpPair *pairs, gsize n)
{
	for (gsize i = 0; i < n; i++)
		if (strstr(pairs[i].name, "password") != NULL || g_str_equal(pairs[i].name, "code") ||
			g_str_equal(pairs[i].name, "secret"))
			return TRUE;
	return FALSE;
}

KeptForm resume_of_request(Visit *visit)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);
	KeptField *fields = arena_array(visit->mem, KeptField, n + 1);
	KeptForm kept = {
		.action = http_target(visit->request), .key = http_form(visit->request, "csrf"), .fields = fields};

	if (holds_secret(pairs, n))
		return (KeptForm){0};
	for (gsize i = 0; i < n; i++)
		if (!g_str_equal(pairs[i].name, "csrf"))
			fields[kept.n_fields++] = (KeptField){pairs[i].name, pairs[i].value};
	return kept;
}

KeptForm resume_of_sign_in(Visit *visit)
{
	gsize n;
	const HttpPair *pairs = http_form_all(visit->request, &n);
	const char *action = http_form(visit->request, "kept");
	KeptField *fields = arena_array(visit->mem, KeptField, n + 1);
	KeptForm kept = {.key = http_form(visit->request, "kept_key"), .fields = fields};

	if (action == NULL || g_str_equal(visit_safe_path(action), "/"))
		return kept;
	kept.action = action;
	for (gsize i = 0; i < n; i++)
		if (g_str_has_prefix(pairs[i].name, KEPT))
			fields[kept.n_fields++] = (KeptField){pairs[i].name + strlen(KEPT), pairs[i].value};
	return kept;
}

/* "skip_reason" as people read it: "Skip reason". */
static const char *title_of(Arena *mem, const char *name)
{
	char *title = g_strdelimit(arena_strdup(mem, name), "_-/[]", ' ');

	title[0] = g_ascii_toupper(title[0]);
	return title;
}

static const char *example_in_words(const Policy *policy, const char *key)
{
	const BehaviourExample *example = NULL;

	for (gsize i = 0; i < policy->n_headings && example == NULL; i++)
		example = heading_example(&policy->headings[i], key);
	return example != NULL ? example->title : NULL;
}

static const char *word_title(const PolicyWord *word)
{
	return word != NULL ? word->title : NULL;
}

/* What was chosen, in the pack's words; NULL: it stands as it is. */
static const char *chosen_in_words(const Policy *policy, const char *name, const char *value)
{
	const Heading *heading = policy_heading(policy, value);
	const ProtectedPurpose *purpose = policy_purpose(policy, value);
	Channel channel;

	if (g_str_equal(name, "heading"))
		return heading != NULL ? heading->title : NULL;
	if (g_str_equal(name, "example"))
		return example_in_words(policy, value);
	if (g_str_equal(name, "purpose"))
		return purpose != NULL ? purpose->title : NULL;
	if (g_str_equal(name, "reason"))
		return word_title(policy_word(policy->call_end_reasons, policy->n_call_end_reasons, value));
	if (g_str_equal(name, "skip_reason"))
		return word_title(policy_word(policy->skip_reasons, policy->n_skip_reasons, value));
	if (g_str_equal(name, "channel"))
		return channel_parse(value, &channel) ? words_channel(channel) : NULL;
	return g_str_equal(value, "true") ? "Yes" : NULL;
}

/* Where the database is gone, the pack is not known. */
static const char *value_in_words(const Visit *visit, const KeptField *field)
{
	const Policy *policy = visit->office != NULL ? visit->office->policy : NULL;
	const char *words = policy != NULL ? chosen_in_words(policy, field->name, field->value) : NULL;

	return words != NULL ? words : field->value;
}

static void show(Visit *visit, HttpResponse *response, int status, const char *form_key, const char *heading,
	const char *sentence, const KeptForm *kept)
{
	const Layout frame = page_frame(visit, heading);
	GovukSummaryRow *rows = arena_array(visit->mem, GovukSummaryRow, kept->n_fields + 1);
	ResumePage page = {.frame = &frame,
		.heading = heading,
		.sentence = sentence,
		.form_key = form_key,
		.kept = kept,
		.rows = rows};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	for (gsize i = 0; i < kept->n_fields; i++) {
		const KeptField *field = &kept->fields[i];

		if (is_machinery(field->name) || *field->value == '\0')
			continue;
		rows[page.n_rows++] = (GovukSummaryRow){.key = {.text = title_of(visit->mem, field->name)},
			.value = {.text = value_in_words(visit, field)}};
	}
	resume_page(out, &page);
	page_send(visit, response, status, out);
}

/* The text is dropped: whoever typed it has it in their own page still, and 'back' shows that to them. */
static void not_yours(Visit *visit, HttpResponse *response, int status)
{
	page_trouble(visit, response, status,
		&(Trouble){.heading = "This form is not yours",
			.sentence = arena_printf(visit->mem,
				"It was opened while somebody else was signed in, or nobody. Nothing was done, and "
				"what it "
				"holds is not shown: you are signed in as %s. Open the page anew and write it there. "
				"If it "
				"is somebody else's, tell them to sign in and write it again.",
				visit->session->name),
			.back = "/"});
}

void resume_give_back(Visit *visit, HttpResponse *response, int status, const KeptForm *kept, const char *heading,
	const char *sentence)
{
	g_autoptr(GError) error = NULL;
	gboolean own;

	if (kept->action == NULL) { /* a password is not kept */
		page_trouble(visit, response, status,
			&(Trouble){.heading = heading,
				.sentence = "This form was opened before you signed in last. Open its page anew, and "
					    "fill it in "
					    "once more."});
		return;
	}
	if (!auth_form_is_of(visit->web->acts, visit->mem, kept->key, visit->session->user_name, &own, &error))
		page_error(visit, response, error);
	else if (own)
		show(visit, response, status, visit->session->form_key, heading, sentence, kept);
	else
		not_yours(visit, response, status);
}

void resume_keep(Visit *visit, HttpResponse *response)
{
	const KeptForm kept = resume_of_request(visit);

	resume_give_back(visit, response, 403, &kept, "Nothing was done yet",
		"This form was opened before you signed in last. Look at what it holds, and send it if it is still "
		"what "
		"you want.");
}

void resume_later(Visit *visit, HttpResponse *response, const GError *error)
{
	const KeptForm kept = resume_of_request(visit);
	const gboolean passes = http_status(error) >= 500;

	if (passes)
		g_warning("%s %s: %s", http_method(visit->request), http_path(visit->request), error->message);
	show(visit, response, http_status(error), kept.key, "Nothing was done yet",
		arena_printf(visit->mem,
			passes ? "%s What you typed is kept on this page: wait a few seconds, and send it again. If "
				 "somebody is on the line, answer as usual meanwhile."
			       : "%s What you typed is kept on this page: copy it from here, look up whom it is about, "
				 "and log it there.",
			error->message),
		&kept);
}
