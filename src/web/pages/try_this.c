/* try_this.c: the page 'Try this' of a demonstration. Whom it names stands in cli/demo. */
#include "web/pages/try_this.h"

void page_try_this(void *context, HttpRequest *request, HttpResponse *response)
{
	Visit *visit = visit_of(request);
	const Layout frame = page_frame(visit, "Try this");
	const TryThisPage page = {.frame = &frame};
	g_autoptr(Html) out = html_new(HTML_PAGE_MAX);

	if (!acts_is_demo(visit->web->acts)) {
		page_problem(context, request, 404, response);
		return;
	}
	try_this_page(out, &page);
	page_send(visit, response, 200, out);
}
