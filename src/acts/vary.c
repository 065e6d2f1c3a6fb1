/* vary.c: the head of function makes an arrangement easier or lifts it (R8, G1, G3). It works from the act; the letter
 * goes out in the same act. What is asked of both stands in core/loosen.c, what is done in easing.c. */
#include "acts/easing.h"
#include "acts/families.h"
#include "core/loosen.h"

typedef struct {
	VaryInput core; /* first: its fields are addressed as its own */
	const char *delivery, *owner;
} Vary;
G_STATIC_ASSERT(G_STRUCT_OFFSET(Vary, core) == 0);

static gboolean tell_change(ActRun *run, const Vary *in, const EasingDone *done, Capacity capacity, GError **error)
{
	Letter letter = {.kind = "arrangement-varied", .why = in->core.reasons, .owner = in->owner};
	ArenaList ways = {0};
	const char *notice;

	return easing_tell(run, done->arrangement, &letter, &ways, error) &&
	       notice_signer(run, run->actor->user_name, capacity, &letter.signed_by, error) &&
	       notice_make(run, &letter, done->variation, in->delivery, &notice, error);
}

static gboolean vary(ActRun *run, const void *input, GError **error)
{
	const Vary *in = input;
	EasingWanted wanted = {.kind = "vary",
		.restrictions = in->core.restrictions,
		.n_restrictions = in->core.n_restrictions,
		.until_on = in->core.until_on,
		.reasons = in->core.reasons,
		.lifting = in->core.lifting};
	ArrangementRow *old = NULL;
	EasingDone done = {0};
	Capacity capacity;

	if (!easing_settle_lapsing(run, error) ||
		!casefile_check_vary(&run->rules, run->file, &in->core, &capacity, error) ||
		!sql_arrangement_by_ref(run->tx, run->mem, in->core.arrangement, &old, error))
		return FALSE;
	wanted.old = old;
	wanted.capacity = capacity_name(capacity);
	if (!easing_apply(run, &wanted, &done, error))
		return FALSE;
	run->id = done.variation;
	run->summary = "Arrangements made easier";
	return tell_change(run, in, &done, capacity, error);
}

const Act act_vary = {
	.name = "vary",
	.title = "Make the arrangement easier",
	.summary =
		"The head of function makes an arrangement easier: nowhere severer, with reasons. It works at once and "
		"keeps its decision and review date; the letter tells the customer (R8, G1). For anything more, "
		"authorisation is asked for anew.",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(VaryInput, arrangement, LINE, .required = TRUE, .help = "the arrangement"),
			FIELD_LIST(VaryInput, restrictions, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = restriction_fields, .size = sizeof(RestrictionAsked),
				.help = "all that applies from now on; less than before, never more"),
			FIELD(VaryInput, until_on, DAY, .help = "the last day; left out: as before (G2)"),
			FIELD(VaryInput, reasons, TEXT, .privacy = FIELD_PERSONAL,
				.help = "your reasons; the letter tells them to the customer"),
			FIELD(VaryInput, lifting, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,
				.help = "what would lead to lifting it; left out: as before (G3)"),
			DELIVERY_FIELD(Vary),
			OWNER_FIELD(Vary),
			FIELDS_END,
		},
	.input_size = sizeof(Vary),
	.perform = vary,
};

typedef struct {
	const char *arrangement, *reasons, *delivery, *owner;
} Lift;

static gboolean lift(ActRun *run, const void *input, GError **error)
{
	const Lift *in = input;
	EasingWanted wanted = {.kind = "lift", .until_on = DAY_NONE, .reasons = in->reasons};
	ArrangementRow *old = NULL;
	EasingDone done = {0};
	Capacity capacity;
	const char *notice;

	if (!easing_settle_lapsing(run, error) ||
		!casefile_check_lift(&run->rules, run->file, in->arrangement, in->reasons, &capacity, error) ||
		!sql_arrangement_by_ref(run->tx, run->mem, in->arrangement, &old, error))
		return FALSE;
	wanted.old = old;
	wanted.capacity = capacity_name(capacity);
	if (!easing_apply(run, &wanted, &done, error))
		return FALSE;
	run->id = done.variation;
	run->summary = "Arrangements lifted";
	return ending_tell(run, casefile_arrangement(run->file, in->arrangement), done.variation, in->reasons, capacity,
		in->delivery, in->owner, &notice, error);
}

const Act act_lift = {
	.name = "lift",
	.title = "Lift the arrangement",
	.summary = "The head of function ends an arrangement, with reasons. It works at once, and the letter tells the "
		   "customer that it has ended (G3).",
	.by = BY_ANYONE,
	.needs = ACT_CASEFILE,
	.fields =
		(const Field[]){
			FIELD(Lift, arrangement, LINE, .required = TRUE, .help = "the arrangement"),
			FIELD(Lift, reasons, TEXT, .privacy = FIELD_PERSONAL,
				.help = "your reasons; the letter tells them to the customer"),
			DELIVERY_FIELD(Lift),
			OWNER_FIELD(Lift),
			FIELDS_END,
		},
	.input_size = sizeof(Lift),
	.perform = lift,
};
