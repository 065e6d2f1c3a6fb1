/* try_this.h: three stories for somebody who tries the demonstration for the first time. There is no such page in a
 * database that is in use. */
#pragma once

#include "web/page.h"

typedef struct {
	const Layout *frame;
} TryThisPage;

void try_this_page(Html *out, const TryThisPage *p);

void page_try_this(void *context, HttpRequest *request, HttpResponse *response);
