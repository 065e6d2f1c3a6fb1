/* policy.c: the policy in force, as the pack's text says it. */
#include "web/pages/policy.h"

#include <string.h>

void page_policy(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const char *text = pack_text(visit->office->pack);
	const Layout frame = page_frame(visit, "The policy");
	PolicyPage page = {.frame = &frame,
		.policy = visit->office->policy,
		.in_force = day_in_words(visit->mem, visit->office->policy->in_force)};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);
	g_autoptr(GError) error = NULL;
	Node *root;

	(void)context;
	if (!letter_text_read("policy.md", text, strlen(text), visit->mem, &root, &error)) {
		page_error(visit, response, error);
		return;
	}
	page.text = root;
	policy_page(out, &page);
	page_send(visit, response, 200, out);
}
