/* response.h: for http/ alone. */
#pragma once

#include "http/http.h"

#include <microhttpd.h>

/* The answer with the headers that every answer carries; NULL out of memory. secure: the request came over TLS, and
 * from then on the browser is to come over nothing else. */
struct MHD_Response *response_for_mhd(const HttpResponse *response, gboolean secure);
