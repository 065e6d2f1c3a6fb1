/* suggest.h: the customers whose names fit what is being typed into the look-up, for the script that offers them
 * (static/suggest.js). Names and references only, of those whom the viewer may list; the look-up itself needs none of
 * it. */
#pragma once

#include "web/visit.h"

void page_suggest(void *context, HttpRequest *request, HttpResponse *response);
