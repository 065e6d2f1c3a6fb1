/* close.c: the flow 'close a casefile' (G3). What is in the way is core's to say. */
#include "web/pages/close.h"

#include "web/flow_rows.h"

const FlowPage flow_close_casefile = {
	.act = "close-casefile",
	.title = "Close the casefile",
	.intro = "Nothing more can be added to it afterwards. What happens later opens a new one.",
	.button = "Close the casefile",
	.check = TRUE,
	.ask = close_questions,
	.evidence = close_evidence,
	.done = {"Casefile closed", "It takes nothing more. What happens later opens a new one."},
};
