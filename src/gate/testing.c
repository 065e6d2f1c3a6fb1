/* testing.c: see testing.h. */
#include "gate/testing.h"

#include "core/testing.h"

#define DECIDED ((Instant)20000 * USEC_PER_DAY) /* in October 2024 */

static GateCustomersRow customers[] = {{"C-1"}, {"C-2"}, {"C-3"}, {"C-4"}, {"C-5"}, {"C-6"}, {"C-7"}, {"C-8"}};

#define IDENTIFIER(c, r, k, n, others, ok, after)                                                                      \
	{                                                                                                              \
		.customer = c, .ref = r, .kind = k, .normal = n, .used_by_others = others, .confirmed = ok,            \
		.added_at = DECIDED + (after)                                                                          \
	}
static GateIdentifiersRow identifiers[] = {
	IDENTIFIER("C-1", "ID-11", "email", "jo@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-1", "ID-12", "phone", "+441632960001", FALSE, TRUE, -1),
	IDENTIFIER("C-2", "ID-21", "email", "bad@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-2", "ID-22", "email", "good@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-3", "ID-31", "email", "poc@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-4", "ID-41", "phone", "+441632960001", FALSE, TRUE, -1),
	IDENTIFIER("C-4", "ID-42", "email", "free@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-5", "ID-51", "phone", "+441632960005", FALSE, TRUE, -1),
	IDENTIFIER("C-5", "ID-52", "email", "slot@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-6", "ID-61", "email", "filed@example.org", FALSE, TRUE, -1),
	IDENTIFIER("C-7", "ID-71", "phone", "+441632960007", TRUE, TRUE, -1),
	IDENTIFIER("C-7", "ID-72", "email", "new@example.org", FALSE, FALSE, 1),
	IDENTIFIER("C-8", "ID-81", "email", "closed@example.org", FALSE, TRUE, -1),
};

static GateRepresentativesRow representatives[] = {
	{.customer = "C-3", .kind = "email", .normal = "solicitor@law.example", .capacity = "solicitor"},
};

#define ARRANGEMENT(c, r, s, of, what)                                                                                 \
	{                                                                                                              \
		.customer = c, .ref = r, .decision = "D-1", .casefile = "CF-1", .function = "casework", .scope = s,    \
		.scope_of = of, .restrictions = what, .from_at = DECIDED + 5 * USEC_PER_DAY, .until_on = DAY_NONE,     \
		.review_on = 30000, .ended_at = INSTANT_NONE, .decided_at = DECIDED, .pack = "test 1"                  \
	}
#define ONE(kind, arguments)                                                                                           \
	"[{\"kind\":\"" kind "\",\"arguments\":" arguments ",\"report\":\"R-1\",\"other_reason\":null}]"
static GateArrangementsRow arrangements[] = {
	ARRANGEMENT("C-1", "A-1", "function", "casework", ONE("channels-not", "{\"channels\":[\"phone\"]}")),
	ARRANGEMENT("C-2", "A-2", "organisation", NULL, ONE("block-identifier", "{\"identifiers\":[\"ID-21\"]}")),
	ARRANGEMENT("C-3", "A-3", "organisation", NULL,
		ONE("single-contact", "{\"name\":\"Ann Lee\",\"mailbox\":\"poc@x\",\"extension\":\"0377\"}")),
	ARRANGEMENT("C-5", "A-5", "organisation", NULL,
		ONE("call-slot", "{\"weekday\":\"tuesday\",\"from\":\"09:00\",\"to\":\"10:00\",\"calls\":1,"
				 "\"minutes\":\"15\"}")),
	ARRANGEMENT("C-6", "A-6", "organisation", NULL, ONE("read-and-file", "{}")),
	ARRANGEMENT("C-7", "A-7", "organisation", NULL, ONE("channels-not", "{\"channels\":[\"phone\",\"email\"]}")),
	ARRANGEMENT("C-8", "A-8", "function", "casework", ONE("no-reopening", "{\"matter\":\"M-1\"}")),
};

static GateCasefileMattersRow casefile_matters[] = {{"CF-1", "M-1"}};
static GateMattersRow matters[] = {{"C-8", "M-1", "casework"}, {"C-8", "M-2", "intake"}};
static GateFunctionsRow functions[] = {{"casework", "Casework"}, {"complaints", "Complaints"}, {"intake", "Intake"}};
static GateNeedsRow needs[] = {{.customer = "C-1",
	.ref = "NE-1",
	.what = "Large print",
	.abilities = "{\"letter\":\"only-with\"}",
	.only_with = "large print",
	.recorded_at = DECIDED}};
static GateAdjustmentsRow adjustments[] = {
	{.customer = "C-1", .ref = "AD-1", .asked = "Large print", .review_on = DAY_NONE}};

static GateDoorsRow doors[] = {
	{.address = "0100", .kind = "extension", .title = "Switchboard"},
	{.address = "0301", .kind = "extension", .title = "Casework", .function = "casework"},
	{.address = "0355", .kind = "extension", .title = "Ann's line", .user_name = "ann"},
	{.address = "0377", .kind = "extension", .title = "Ann Lee", .function = "casework"},
	{.address = "casework@x", .kind = "mailbox", .title = "Casework", .function = "casework"},
	{.address = "complaints@x",
		.kind = "mailbox",
		.title = "Complaints",
		.function = "complaints",
		.protects = "dispute"},
	{.address = "contact@x", .kind = "mailbox", .title = "Contact"},
	{.address = "intake@x", .kind = "mailbox", .title = "Intake", .function = "intake"},
	{.address = "poc@x", .kind = "mailbox", .title = "Ann Lee", .function = "casework"},
};
static GateStaffFunctionsRow staff_functions[] = {{"ann", "casework"}, {"ann", "intake"}};

const Policy *test_gate_policy(void)
{
	static Policy policy;
	static RestrictionKind kinds[32];

	if (policy.name == NULL) {
		policy = test_policy;
		g_assert_cmpuint(policy.n_kinds, <=, G_N_ELEMENTS(kinds));
		for (gsize i = 0; i < policy.n_kinds; i++) {
			kinds[i] = test_policy.kinds[i];
			if (strcmp(kinds[i].key, "block-identifier") == 0)
				kinds[i].say_to_sender = "Blocked. Ring 0100.";
		}
		policy.kinds = kinds;
		policy.organisation.time_zone = "Europe/London";
		policy.organisation.phone = (PhoneRules){"44", "0", "00", 9, 10};
		policy.gate.stale_after_seconds = 900;
		policy.gate.filing_mailbox = "filed@x";
		policy.gate.header = "X-Evenhand";
		policy.gate.check_words = "More than one person.";
		policy.gate.withheld_words = "Caller unknown.";
		policy.gate.unknown_days = 28;
	}
	return &policy;
}

static gboolean load_policy(
	void *data, Tx *tx, const char *label, Instant at, const Policy **ret_policy, GError **error)
{
	(void)data;
	(void)tx;
	(void)at;
	if (label != NULL && strcmp(label, "test 1") != 0)
		return not_found(error, "There is no pack %s.", label);
	*ret_policy = test_gate_policy();
	return TRUE;
}

const GateSource test_source = {.policy = load_policy};

GateFacts test_facts(void)
{
#define ROWS(list) .list = list, .n_##list = G_N_ELEMENTS(list)
	return (GateFacts){
		.number = 7,
		.at = DECIDED + 100 * USEC_PER_DAY,
		.stranger_key = "000102030405060708090a0b0c0d0e0f",
		.policy = test_gate_policy(),
		ROWS(customers),
		ROWS(identifiers),
		ROWS(representatives),
		ROWS(arrangements),
		ROWS(casefile_matters),
		ROWS(matters),
		ROWS(functions),
		ROWS(needs),
		ROWS(adjustments),
		ROWS(doors),
		ROWS(staff_functions),
	};
}

GateSnapshot *test_snapshot(void)
{
	g_autoptr(GError) error = NULL;
	const GateFacts facts = test_facts();
	GateSnapshot *snapshot = NULL;
	const char *problem;

	if (!gate_snapshot_new(&facts, &test_source, NULL, &snapshot, &error))
		g_error("no snapshot: %s", error->message);
	if (gate_snapshot_problems(snapshot, &problem) > 0)
		g_error("a problem in the snapshot: %s", problem);
	return snapshot;
}

Instant test_time(const char *wall)
{
	g_autoptr(Zone) zone = zone_new("Europe/London", NULL);

	return test_at(zone, wall);
}
