/* lift.h: the flows that end an arrangement: the head of function lifts it, or somebody ends what has run out (G3). */
#pragma once

#include "web/pages/vary.h"

void lift_questions(Html *out, Flow *flow);
void end_questions(Html *out, Flow *flow);
