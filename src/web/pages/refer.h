/* refer.h: the flow 'refer to the police'. */
#pragma once

#include "web/flow.h"

void refer_questions(Html *out, Flow *flow);
