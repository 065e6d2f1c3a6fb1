/* response.h: for http/ alone. */
#pragma once

#include "http/http.h"

#include <microhttpd.h>

/* The answer with the headers that every answer carries; NULL out of memory. */
struct MHD_Response *response_for_mhd(const HttpResponse *response);
