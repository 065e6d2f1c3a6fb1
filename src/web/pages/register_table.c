/* register_table.c: the registers as tables, and their cells in words. */
#include "web/pages/register_table.h"

#include "web/words.h"

#define COLUMNS_END                                                                                                    \
	{                                                                                                              \
		NULL, NULL, CELL_TEXT, NULL, LINK_NONE, NULL, FALSE                                                    \
	}
#define FILTERS_END                                                                                                    \
	{                                                                                                              \
		NULL, NULL, NULL, FILTER_IS_TEXT, NULL, NULL                                                           \
	}
#define CUSTOMER_COLUMNS                                                                                               \
	{"Customer", "customer_name", CELL_UNKNOWN, "customer_name", LINK_CUSTOMER, "customer", FALSE},                \
	{                                                                                                              \
		"Customer reference", "customer", CELL_TEXT, NULL, LINK_NONE, NULL, TRUE                               \
	}
#define NAME_FILTER                                                                                                    \
	{                                                                                                              \
		"name", "Customer's name", "Some words of it", FILTER_IS_TEXT, NULL, NULL                              \
	}
#define FUNCTION_FILTER                                                                                                \
	{                                                                                                              \
		"function", "Function", NULL, FILTER_IS_FUNCTION, NULL, NULL                                           \
	}

static const char *const OPEN[][2] = {{"true", "Open"}, {"false", "Closed"}, {NULL, NULL}};
static const char *const IN_FORCE[][2] = {{"true", "In force"}, {"false", "Not in force"}, {NULL, NULL}};
static const char *const FOLLOWED_UP[][2] = {{"false", "Waits for a manager"}, {"true", "Followed up"}, {NULL, NULL}};
static const char *const REVIEW[][2] = {{"overdue", "Overdue"}, {"soon", "Within four weeks"}, {NULL, NULL}};

const Register registers[] = {
	{
		.name = "customers",
		.title = "Customers",
		.sentence = "Everybody who was in contact with us and was recorded.",
		.list = "customers",
		.usual_sort = "name",
		.nothing = "No customer fits.",
		.columns = (const RegisterColumn[]){{"Name", "name", CELL_TEXT, "name", LINK_CUSTOMER, "id", FALSE},
			{"Reference", "id", CELL_TEXT, "id", LINK_NONE, NULL, FALSE},
			{"Who", "kind", CELL_KIND, NULL, LINK_NONE, NULL, FALSE},
			{"Letters go", "format", CELL_FORMAT, NULL, LINK_NONE, NULL, FALSE},
			{"Known since", "created_at", CELL_DAY, NULL, LINK_NONE, NULL, FALSE}, COLUMNS_END},
		.filters = (const RegisterFilter[]){{"name", "Name", "Some words of it", FILTER_IS_TEXT, NULL, NULL},
			{"identifier", "Number or address", "A phone number, e-mail or postal address", FILTER_IS_TEXT,
				NULL, NULL},
			FILTERS_END},
	},
	{
		.name = "casefiles",
		.title = "Casefiles",
		.sentence = "Each is the course of managing one customer's contact, from the first report to its "
			    "closing.",
		.list = "casefiles",
		.usual_sort = "-opened_at",
		.nothing = "No casefile fits.",
		.columns = (const RegisterColumn[]){{"Casefile", "id", CELL_TEXT, "id", LINK_CASEFILE, "id", FALSE},
			CUSTOMER_COLUMNS, {"Function", "function", CELL_FUNCTION, "function", LINK_NONE, NULL, FALSE},
			{"Reaches", "scope", CELL_SCOPE, NULL, LINK_NONE, NULL, FALSE},
			{"Opened", "opened_at", CELL_DAY, "opened_at", LINK_NONE, NULL, FALSE},
			{"State", "outcome", CELL_STATE, "closed_at", LINK_NONE, NULL, FALSE}, COLUMNS_END},
		.filters = (const RegisterFilter[]){NAME_FILTER, FUNCTION_FILTER,
			{"open", "State", NULL, FILTER_IS_CHOICE, OPEN, NULL}, FILTERS_END},
	},
	{
		.name = "arrangements",
		.title = "Arrangements",
		.sentence = "What limits somebody's contact, in the words of the letter that told them.",
		.list = "arrangements",
		.usual_sort = "review_on",
		.nothing = "No arrangement fits.",
		.columns =
			(const RegisterColumn[]){
				{"Arrangement", "id", CELL_TEXT, "id", LINK_CASEFILE, "casefile", FALSE},
				CUSTOMER_COLUMNS, {"Casefile", "casefile", CELL_TEXT, NULL, LINK_NONE, NULL, TRUE},
				{"What it is", "restrictions", CELL_RESTRICTIONS, NULL, LINK_NONE, NULL, FALSE},
				{"Reaches", "scope_words", CELL_SENTENCE, NULL, LINK_NONE, NULL, FALSE},
				{"State", "state_words", CELL_SENTENCE, "from_at", LINK_NONE, NULL, FALSE},
				{"Review by", "review_on", CELL_REVIEW, "review_on", LINK_NONE, NULL, FALSE},
				COLUMNS_END},
		.filters = (const RegisterFilter[]){NAME_FILTER, FUNCTION_FILTER,
			{"in_force", "State", NULL, FILTER_IS_CHOICE, IN_FORCE, "true"},
			{"review_before", "Review", NULL, FILTER_IS_REVIEW, REVIEW, NULL}, FILTERS_END},
	},
	{
		.name = "warnings",
		.title = "Warnings",
		.sentence = "Written warnings that you may see: those of the functions that you answer for, and all "
			    "where you "
			    "answer for all.",
		.list = "warnings",
		.usual_sort = "-at",
		.nothing = "No warning that you may see fits.",
		.columns =
			(const RegisterColumn[]){{"Warning", "id", CELL_TEXT, "id", LINK_CASEFILE, "casefile", FALSE},
				CUSTOMER_COLUMNS, {"Casefile", "casefile", CELL_TEXT, NULL, LINK_NONE, NULL, TRUE},
				{"Function", "function", CELL_FUNCTION, "function", LINK_NONE, NULL, FALSE},
				{"What", "tier", CELL_TIER, NULL, LINK_NONE, NULL, FALSE},
				{"Written", "at", CELL_DAY, "at", LINK_NONE, NULL, FALSE},
				{"Delivered", "delivered_at", CELL_DELIVERED, NULL, LINK_NONE, NULL, FALSE},
				{"By", "by", CELL_PERSON, NULL, LINK_NONE, NULL, FALSE}, COLUMNS_END},
		.filters = (const RegisterFilter[]){NAME_FILTER, FUNCTION_FILTER, FILTERS_END},
	},
	{
		.name = "ended-calls",
		.title = "Ended calls",
		.sentence = "Calls that staff ended, and what their managers did about it.",
		.list = "ended-calls",
		.usual_sort = "-happened_at",
		.nothing = "No ended call fits.",
		.columns =
			(const RegisterColumn[]){
				{"When", "happened_at", CELL_TIME, "happened_at", LINK_NONE, NULL, FALSE},
				CUSTOMER_COLUMNS, {"Reason", "reason", CELL_REASON, NULL, LINK_NONE, NULL, FALSE},
				{"Ended by", "by", CELL_PERSON, "by", LINK_NONE, NULL, FALSE},
				{"Function", "function", CELL_FUNCTION, NULL, LINK_NONE, NULL, FALSE},
				{"Followed up", "followed_up", CELL_FOLLOWED_UP, NULL, LINK_NONE, NULL, FALSE},
				{"Reference", "id", CELL_TEXT, NULL, LINK_NONE, NULL, TRUE}, COLUMNS_END},
		.filters = (const RegisterFilter[]){NAME_FILTER, FUNCTION_FILTER,
			{"followed_up", "Followed up", NULL, FILTER_IS_CHOICE, FOLLOWED_UP, NULL}, FILTERS_END},
	},
	{
		.name = "referrals",
		.title = "Police referrals",
		.sentence = "What was reported to the police, as far as you may see it.",
		.list = "referrals",
		.usual_sort = "-referred_at",
		.nothing = "No referral that you may see fits.",
		.columns =
			(const RegisterColumn[]){{"Referral", "id", CELL_TEXT, "id", LINK_CASEFILE, "casefile", FALSE},
				CUSTOMER_COLUMNS, {"Casefile", "casefile", CELL_TEXT, NULL, LINK_NONE, NULL, TRUE},
				{"Police force", "force", CELL_TEXT, "force", LINK_NONE, NULL, FALSE},
				{"Their reference", "police_reference", CELL_AWAITED, NULL, LINK_NONE, NULL, FALSE},
				{"Told on", "referred_at", CELL_DAY, "referred_at", LINK_NONE, NULL, FALSE},
				{"Customer may be told", "may_tell", CELL_YES, NULL, LINK_NONE, NULL, FALSE},
				COLUMNS_END},
		.filters = (const RegisterFilter[]){NAME_FILTER, FUNCTION_FILTER, FILTERS_END},
	},
	{.name = NULL},
};

const Register *register_find(const char *name)
{
	for (const Register *row = registers; row->name != NULL; row++)
		if (g_str_equal(row->name, name))
			return row;
	return NULL;
}

static const char *member(const json_t *row, const char *name)
{
	return json_string_value(json_object_get(row, name));
}

static const char *day_cell(const Visit *visit, const char *text, gboolean for_file)
{
	Instant at;
	Day day;

	if (text == NULL)
		return "";
	if (!day_parse(text, "day", &day, NULL)) {
		if (!instant_parse(text, "day", &at, NULL))
			return text;
		day = zone_day(visit->office->zone, at);
	}
	return for_file ? day_format(visit->mem, day) : day_in_words(visit->mem, day);
}

static const char *time_cell(const Visit *visit, const char *text, gboolean for_file)
{
	Instant at;
	Day day;
	int second;

	if (text == NULL || !instant_parse(text, "time", &at, NULL))
		return "";
	if (!for_file)
		return page_time(visit, at);
	zone_local(visit->office->zone, at, &day, &second);
	return arena_printf(visit->mem, "%s %02d:%02d", day_format(visit->mem, day), second / 3600, second / 60 % 60);
}

static const char *scope_cell(const Visit *visit, const json_t *row)
{
	const char *scope = member(row, "scope"), *of = member(row, "scope_of");

	if (g_strcmp0(scope, "organisation") == 0)
		return "The whole organisation";
	if (g_strcmp0(scope, "function") == 0 && of != NULL)
		return arena_printf(visit->mem, "Contact with %s", office_function(visit->office, of));
	return of != NULL ? of : "";
}

static const char *state_cell(const Visit *visit, const json_t *row, gboolean for_file)
{
	static const struct {
		const char *outcome, *words;
	} OUTCOMES[] = {{"no-action", "no action"}, {"advice-sufficed", "advice sufficed"},
		{"warning-sufficed", "the warning sufficed"}, {"refused", "restrictions were refused"},
		{"overturned", "overturned"}, {"ended", "the arrangements ended"}};
	const char *closed = member(row, "closed_at"), *outcome = member(row, "outcome");

	if (closed == NULL)
		return "Open";
	for (gsize i = 0; outcome != NULL && i < G_N_ELEMENTS(OUTCOMES); i++)
		if (g_str_equal(outcome, OUTCOMES[i].outcome))
			outcome = OUTCOMES[i].words;
	return arena_printf(visit->mem, "Closed on %s%s%s", day_cell(visit, closed, for_file),
		outcome != NULL ? ": " : "", outcome != NULL ? outcome : "");
}

/* Words that stand elsewhere inside a sentence: "in force since …". */
static const char *begun(const Visit *visit, const char *text)
{
	return arena_printf(visit->mem, "%c%s", g_ascii_toupper(*text), *text != '\0' ? text + 1 : "");
}

static const char *restrictions_cell(const Visit *visit, const json_t *list)
{
	g_autoptr(GString) words = g_string_new(NULL);
	const json_t *restriction;
	gsize i;

	json_array_foreach(list, i, restriction)
	{
		const char *one = member(restriction, "in_words");

		g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", one != NULL ? one : "");
	}
	return arena_strdup(visit->mem, words->str);
}

static const char *followed_up_cell(const Visit *visit, GHashTable *people, const json_t *row)
{
	const char *by = office_person(people, member(row, "followed_up_by")), *words = member(row, "followed_up");

	if (by == NULL)
		return "Waits for a manager";
	return words != NULL ? arena_printf(visit->mem, "%s: %s", by, words) : arena_printf(visit->mem, "By %s", by);
}

static const char *word_cell(const Visit *visit, RegisterCellKind kind, const char *text)
{
	const Policy *policy = visit->office->policy;

	if (kind == CELL_FORMAT) {
		const NoticeFormat *format = policy_format(policy, text);

		return format != NULL ? format->title : text;
	}
	if (kind == CELL_TIER) {
		const WarningTier *tier = policy_tier(policy, text);

		return tier != NULL ? tier->title : text;
	}
	if (kind == CELL_REASON) {
		const PolicyWord *word = policy_word(policy->call_end_reasons, policy->n_call_end_reasons, text);

		return word != NULL ? word->title : text;
	}
	if (kind == CELL_FUNCTION)
		return office_function(visit->office, text);
	return g_str_equal(text, "body") ? "An organisation" : "A person";
}

const char *register_cell(
	const Visit *visit, GHashTable *people, const RegisterColumn *column, const json_t *row, gboolean for_file)
{
	const char *text = member(row, column->member);

	switch (column->cell) {
	case CELL_TEXT:
		return text != NULL ? text : "";
	case CELL_PERSON:
		return text != NULL ? office_person(people, text) : "";
	case CELL_SENTENCE:
		return text != NULL ? begun(visit, text) : "";
	case CELL_DAY:
		return day_cell(visit, text, for_file);
	case CELL_TIME:
		return time_cell(visit, text, for_file);
	case CELL_KIND:
	case CELL_FORMAT:
	case CELL_FUNCTION:
	case CELL_TIER:
	case CELL_REASON:
		return text != NULL ? word_cell(visit, column->cell, text) : "";
	case CELL_SCOPE:
		return scope_cell(visit, row);
	case CELL_STATE:
		return state_cell(visit, row, for_file);
	case CELL_RESTRICTIONS:
		return restrictions_cell(visit, json_object_get(row, column->member));
	case CELL_REVIEW:
		if (json_is_true(json_object_get(row, "review_overdue")) && !for_file)
			return arena_printf(visit->mem, "Overdue: %s", day_cell(visit, text, for_file));
		return day_cell(visit, text, for_file);
	case CELL_DELIVERED:
		return text != NULL ? day_cell(visit, text, for_file) : "Not delivered";
	case CELL_FOLLOWED_UP:
		return followed_up_cell(visit, people, row);
	case CELL_AWAITED:
		return text != NULL ? text : "Awaited";
	case CELL_YES:
		return json_is_true(json_object_get(row, column->member)) ? "Yes" : "No";
	case CELL_UNKNOWN:
		return text != NULL ? text : "Not known";
	}
	return "";
}
