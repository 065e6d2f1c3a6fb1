/* flow.h: the pattern of every page on which somebody performs an act: a question in one column with the evidence
 * beside it, a form, 'save as draft', 'check your answers' where it cannot be undone, and the way back with a banner
 * that says what happened and what comes next. docs/howto/add-a-flow.md adds one.
 *
 * A page's author writes three things: a row (FlowPage), a template with the questions, and, where the questions need
 * something looked up, a struct and a function that fills it. Everything else is done here, for all flows alike:
 *
 * - The act's own table of fields (acts/fields.h) says what is read of the form. A question that is asked with one of
 *   the flow_ask_… templates knows what was typed, what is wrong with it, and how it reads on 'check your answers'.
 * - What somebody typed is never lost. A refusal, a problem of a field, a colleague's change, a database that is gone:
 *   each gives the form back filled, says what to do, and a refused step links the page that mends it.
 * - The form carries the casefile's version. A colleague's change is told, with what they did, before it is sent again.
 * - The form carries a request_id, so that sending it twice does one thing. Going back to it and sending the same again
 *   is asked about first (acts/sent.h), and 'check your answers' is a page that can be gone back to.
 * - A draft (acts/draft.h; its `about` is the page's address) is kept by 'Save as draft' and on the way to 'check your
 * answers'; the page opens with it. It is the author's alone and goes when the act is done.
 *
 * No rule stands here or in a flow's page: what may be done is the act's and core's to say. */
#pragma once

#include "acts/draft.h"
#include "acts/read_file.h"
#include "web/form.h"
#include "web/page.h"

typedef struct Flow Flow;
typedef struct FlowPage FlowPage;

/* Where a flow has its address. */
typedef enum {
	FLOW_CASEFILE, /* /casefiles/CF-…/ACT[?about=REF] */
	FLOW_CUSTOMER, /* /customers/C-…/ACT[?about=REF] */
	FLOW_OWN       /* its own route and handler, which calls flow_respond */
} FlowPlace;

/* What the banner says after the act: "Warning sent by e-mail" and "They have until 8 December 2026 to adapt.". */
typedef struct {
	const char *happened; /* needed; a few words */
	const char *next;     /* a sentence or two; NULL */
} FlowDone;

/* One flow: a row of flow_table. */
struct FlowPage {
	const char *act; /* the act's name, and the last part of the address */
	FlowPlace place;
	const char *title;  /* the page's h1: what is asked or done here */
	const char *intro;  /* a sentence below it; NULL */
	const char *button; /* what sends it, a verb: "Send the warning" */
	const char *about;  /* the act's field that ?about=REF fills in: "assessment"; NULL */
	/* 'Check your answers' first, with the letter that the act makes: for what cannot be undone. */
	gboolean check;
	/* The rule by which it opens only for who may authorise for the casefile's function: "A1"; NULL: others too. */
	const char *heads;
	gboolean wide;         /* the questions bring their own columns (flow_beside) */
	gboolean files;        /* the form holds files; they are in no draft */
	gboolean warns;        /* the button is a warning one: what cannot be taken back */
	gboolean asks_nothing; /* nothing is typed that a draft could keep */
	/* Looks up what the templates need, keeps it in flow->page, and says what stands in a new form
	 * (flow_prefill). An error is the page's answer. NULL: nothing is needed. */
	gboolean (*fill)(Flow *flow, GError **error);
	void (*ask)(Html *out, Flow *flow);            /* the questions, in the form; NULL: there is nothing to ask */
	void (*evidence)(Html *out, const Flow *flow); /* beside the questions; NULL: none */
	gboolean (*has_evidence)(const Flow *flow);    /* whether there is any for this viewer; NULL: there is */
	void (*beware)(Html *out, const Flow *flow);   /* above the answers of 'check your answers'; NULL: nothing */
	FlowDone done;                                 /* what the banner says, where that needs no looking up */
	/* Or: says it of what the act made (`ref`), from the casefile as it is now (NULL on a customer's page). FALSE
	 * where the viewer does not see that: then `done` is said. */
	gboolean (*say_done)(Visit *visit, const CasefilePageView *file, const char *ref, FlowDone *ret_done);
	/* Where to go afterwards; NULL: to the casefile or the customer, with the banner. */
	const char *(*after)(const Flow *flow, const ActAnswer *answer);
};

/* All flows (flow_table.c); NULL-terminated. */
extern const FlowPage *const flow_table[];
const FlowPage *flow_find(FlowPlace place, const char *act);

/* What a flow is about, as its address says. */
typedef struct {
	const char *casefile, *customer, *about; /* references; NULL */
	const char *caption;                     /* above the title; NULL: "CF-2026-000012, Orla Quill" */
	const char *back;                        /* where 'Back' leads; NULL: the casefile or the customer */
	const char *address;                     /* of FLOW_OWN: path and query of the page, from known pieces */
	const char *go;                          /* taken for the button that was pressed; NULL: that button */
} FlowSubject;

/* Something that was done on the casefile since the form was opened. */
typedef struct {
	const char *when, *what, *by; /* by: NULL */
	gboolean own;                 /* the viewer did it, in another window */
} FlowNews;

/* One line of 'check your answers'. */
typedef struct {
	const char *field, *ask, *answer;
	const char *brief;   /* how it is named there; NULL: the question */
	const char *missing; /* what is asked for where it was left empty; NULL */
} FlowAnswer;

/* One visit of a flow; what a page's functions and templates read. Lives as long as the request. */
struct Flow {
	Visit *visit;
	Arena *mem;
	const FlowPage *row;
	const Act *act;
	FlowSubject subject;
	const CasefilePageView *file; /* the casefile as it is now; NULL where the flow is about none */
	const CustomerView *customer; /* whom it is about, where it is about no casefile; NULL */
	void *page;                   /* the page's own struct, set by its fill */
	/* The button (name "go") that was pressed: "check", "send", "draft", "discard"; any other is a page's own and
	 * gives the form back as it was typed, with nothing checked: `fill` sees it here. NULL on a form that is new.
	 */
	const char *go;
	/* Set by `fill` where more is asked after this: the words of the one button, which sends "onward". */
	const char *onward;

	/* For flow.html; pages need not look at them. */
	const Layout *frame;
	const char *address;
	FormKeys keys;
	FormResult *result; /* NULL: nothing was sent */
	const GovukProblem *problems;
	gsize n_problems;
	const char *problem_title;                /* NULL: "There is a problem" */
	const char *mend_href, *mend_text;        /* the page that mends a refusal; NULL */
	const char *in_the_way, *in_the_way_rule; /* why the act cannot be done yet, known before it is tried; NULL */
	const char *write_href;                   /* where its form stands all the same; NULL: it stands here */
	gboolean conflict;                        /* a colleague was first: news holds what they did */
	const FlowNews *news;
	gsize n_news;
	gboolean own_news;          /* all of it is the viewer's own */
	const char *draft_from;     /* "24 November 2026 at 9:30am": the form was filled from a draft; NULL */
	gboolean draft_saved;       /* it was saved a moment ago */
	const char *onward_to;      /* the id of the part that `onward` leads to; NULL: the top */
	gboolean again;             /* the same was done already: what is sent now is meant to be done once more */
	ArenaList answers;          /* of FlowAnswer, in the order in which they were asked */
	const Document *letter;     /* what the act would send; NULL */
	const char *letter_missing; /* why the letter that has to follow cannot be made yet; NULL */
	const HttpPair *pairs;      /* what was typed, or the draft */
	gsize n_pairs;
	gboolean is_typed;
	ArenaList prefilled; /* of HttpPair */
};

/* Answers GET and POST of /casefiles/:ref/:act and /customers/:ref/:act. */
void page_flow_casefile(void *context, HttpRequest *request, HttpResponse *response);
void page_flow_customer(void *context, HttpRequest *request, HttpResponse *response);
/* The same for a flow with an address of its own; GET and POST come to the same handler. */
void flow_respond(Visit *visit, const FlowPage *row, const FlowSubject *subject, HttpResponse *response);

/* What stands in a field: what was typed, else the draft's, else what `fill` prefilled; NULL: nothing. */
const char *flow_value(const Flow *flow, const char *field);
/* Whether `value` is one of a field's (a checkbox of several). */
gboolean flow_holds(const Flow *flow, const char *field, const char *value);
/* What stands in a new form. Of a list, once each value. */
void flow_prefill(Flow *flow, const char *field, const char *value);
void flow_prefill_day(Flow *flow, const char *field, Day day);
void flow_prefill_when(Flow *flow, const char *field, Instant at);
/* What was typed into a field is used up: the field is empty on the form that comes back. */
void flow_forget(Flow *flow, const char *field);
/* What is wrong with a field; NULL. For questions that a page asks with a component of its own. */
const char *flow_problem(const Flow *flow, const char *field);
/* A button of the page's own was pressed and something is missing for it: said at the field, and in the summary. */
void flow_object(Flow *flow, const char *field, const char *sentence);
/* The question has no row of its own there, since another says it. */
void flow_hide_answer(Flow *flow, const char *field);
/* How such a question reads on 'check your answers'; nothing where the answer is NULL or empty. */
void flow_answered(Flow *flow, const char *field, const char *ask, const char *answer);

/* A question. Its name is the act's field; "happened_at" is the envelope's (flow_ask_when). */
typedef struct {
	const char *name; /* needed */
	const char *ask;  /* needed: the question, as the label or legend */
	const char *hint;
	/* What stands at the field and in the summary where it was left empty and may not be: "Enter what happened",
	 * "Select how they were in touch". NULL: made from the question by the kind of its field; on a question that is
	 * needed only at times, what the act says itself. */
	const char *missing;
	const char *brief;     /* its name on 'check your answers', where the question makes none; NULL */
	gboolean optional;     /* says so behind the question */
	guint rows;            /* of flow_ask_text; 0: 5 */
	const char *classes;   /* of the input: "govuk-input--width-10" */
	const char *inputmode; /* "numeric" */
	const GovukChoice *choices;
	gsize n_choices;
} FlowQuestion;

void flow_ask_line(Html *out, Flow *flow, const FlowQuestion *p);
void flow_ask_text(Html *out, Flow *flow, const FlowQuestion *p);
void flow_ask_one(Html *out, Flow *flow, const FlowQuestion *p);  /* radios: one of the choices */
void flow_ask_many(Html *out, Flow *flow, const FlowQuestion *p); /* checkboxes: a list of them */
void flow_ask_yes(Html *out, Flow *flow, const FlowQuestion *p);  /* one checkbox: a BOOL field; `ask` is its label */
void flow_ask_day(Html *out, Flow *flow, const FlowQuestion *p);
void flow_ask_when(Html *out, Flow *flow, const FlowQuestion *p); /* day and time; no time: midday, today: now */
void flow_ask_file(Html *out, Flow *flow, const FlowQuestion *p);
/* How the letter goes ('delivery'), for acts that make one. */
void flow_ask_delivery(Html *out, Flow *flow);

/* The scopes that can be chosen, narrowest first: the casefile's matter (or one of several), its function, the
 * organisation; and its matters. */
enum { FLOW_SCOPES = 3 };
const GovukChoice *flow_scopes(const Flow *flow, gsize *ret_n);
const GovukChoice *flow_matters(const Flow *flow, gsize *ret_n);

/* {{call flow_beside(out, evidence, question) with question}}: one question with what the file shows beside it, for
 * forms with several. */
void flow_beside(Html *out, HtmlSafe evidence, HtmlSafe question);

/* What the page of an act is headed, for a link to it. */
const char *flow_title(const char *act);
/* The page of an act, wherever it has its address, for a link from a casefile. */
const char *flow_href(Arena *mem, const CasefilePageView *file, const char *act, const char *about);

/* Where a flow's `after` leads: a page's path, with what flow_done needs to say what was done. */
const char *flow_done_href(Visit *visit, const char *path, const char *act, const char *ref);
/* For the page that a flow leads back to: what ?done=ACT&ref=REF says, from the data as they are now; NULL: nothing.
 * file: NULL on a customer's page. */
const FlowDone *flow_done(Visit *visit, const CasefilePageView *file);
void flow_done_banner(Html *out, const FlowDone *p); /* NULL: nothing */
