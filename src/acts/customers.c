/* customers.c: customers, what they are recognised by, who speaks for them, and what they write about. */
#include "acts/families.h"
#include "acts/names.h"
#include "acts/outcomes.h"

static PhoneRules phones_of(const ActRun *run)
{
	return run->policy->organisation.phone;
}

static const Field identifier_fields[] = {
	{.name = "kind",
		.type = FIELD_CHOICE,
		.offset = 0,
		.required = TRUE,
		.choices = (const char *const[]){"phone", "email", "post", "handle", NULL},
		.help = "phone, email, post or handle"},
	{.name = "value",
		.type = FIELD_LINE,
		.privacy = FIELD_PERSONAL,
		.required = TRUE,
		.offset = sizeof(char *),
		.help = "as the customer gives it"},
	FIELDS_END,
};

typedef struct {
	const char *kind, *value;
} IdentifierInput;

G_STATIC_ASSERT(G_STRUCT_OFFSET(IdentifierInput, value) == sizeof(char *));

/* Adds it; where somebody else holds it too, both are marked as used by others (R11). */
static gboolean save_identifier(ActRun *run, const char *customer, const IdentifierInput *in, const char *recognised,
	gboolean used_by_others, const char *field, const char **ret_ref, GError **error)
{
	const PhoneRules phones = phones_of(run);
	IdentifierRow row = {.customer = customer,
		.kind = in->kind,
		.typed = in->value,
		.recognised = recognised,
		.used_by_others = used_by_others,
		.added_at = run->now,
		.added_by = run->actor->user_name,
		.ended_at = INSTANT_NONE};
	IdentifierRow *holders;
	ArrangementRow *arrangements;
	IdentifierKind kind;
	gint64 changed;
	gsize n, n_arrangements;
	char *normal;

	identifier_kind_parse(in->kind, &kind);
	if (!identifier_normalise(kind, in->value, &phones, field, run->mem, &normal, error) ||
		!sql_identifiers_by_normal(run->tx, run->mem, normal, &holders, &n, error) ||
		!sql_customer_arrangements(run->tx, run->mem, customer, &arrangements, &n_arrangements, error))
		return FALSE;
	row.normal = normal;
	for (gsize i = 0; i < n; i++) {
		if (g_str_equal(holders[i].customer, customer))
			return conflict(
				error, "%s is recorded for %s already, as %s.", in->value, customer, holders[i].ref);
		row.used_by_others = TRUE;
	}
	/* R11: what is added after a decision binds only once a manager has confirmed it. */
	row.confirmed = n_arrangements == 0;
	return act_new_reference(run, "ID", &row.ref, error) && sql_identifier_add(run->tx, &row, error) &&
	       (!row.used_by_others || sql_identifiers_mark_shared(run->tx, normal, &changed, error)) &&
	       (*ret_ref = row.ref) != NULL;
}

typedef struct {
	const char *kind, *name, *salutation, *postal_address, *language, *format, *recognised;
	const IdentifierInput *identifiers;
	gsize n_identifiers;
} AddCustomer;

/* A number or address that stands twice in one input is nobody's yet, so there is no holder to name. */
static gboolean are_given_once(ActRun *run, const AddCustomer *in, GError **error)
{
	const PhoneRules phones = phones_of(run);
	char **normal = arena_array(run->mem, char *, in->n_identifiers + 1);

	for (gsize i = 0; i < in->n_identifiers; i++) {
		const char *field = arena_printf(run->mem, "identifiers/%zu/value", i);
		IdentifierKind kind;

		identifier_kind_parse(in->identifiers[i].kind, &kind);
		if (!identifier_normalise(kind, in->identifiers[i].value, &phones, field, run->mem, &normal[i], error))
			return FALSE;
		for (gsize j = 0; j < i; j++)
			if (g_str_equal(normal[j], normal[i]))
				return invalid(error, field, "%s is given twice.", in->identifiers[i].value);
	}
	return TRUE;
}

static gboolean add_customer(ActRun *run, const void *input, GError **error)
{
	const AddCustomer *in = input;
	CustomerRow row = {.kind = in->kind != NULL ? in->kind : "person",
		.name = in->name,
		.folded = name_fold(run->mem, in->name),
		.salutation = in->salutation,
		.postal_address = in->postal_address,
		.language = in->language != NULL ? in->language : run->policy->organisation.languages[0],
		.format = in->format != NULL ? in->format : run->policy->notices.formats[0].key,
		.created_at = run->now};

	if (!g_strv_contains(run->policy->organisation.languages, row.language))
		return invalid(error, "language", "This organisation writes no letters in '%s'.", row.language);
	if (policy_format(run->policy, row.format) == NULL)
		return invalid(error, "format", "The policy knows no format '%s' for letters.", row.format);
	if (!are_given_once(run, in, error) || !act_new_reference(run, "C", &row.ref, error) ||
		!sql_customer_add(run->tx, &row, error) ||
		!customer_words_save(run->tx, run->mem, row.ref, row.name, error))
		return FALSE;
	for (gsize i = 0; i < in->n_identifiers; i++) {
		const char *field = arena_printf(run->mem, "identifiers/%zu/value", i);
		const char *ref;

		if (!save_identifier(run, row.ref, &in->identifiers[i], in->recognised, FALSE, field, &ref, error))
			return FALSE;
	}
	run->id = run->customer = row.ref;
	run->summary = "Customer recorded";
	return TRUE;
}

const Act act_add_customer = {
	.name = "add-customer",
	.title = "Record a customer",
	.summary = "Records a person or body who contacts the organisation, and what they are recognised by.",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			{.name = "kind",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AddCustomer, kind),
				.choices = (const char *const[]){"person", "body", NULL},
				.help = "person (the default) or body"},
			FIELD(AddCustomer, name, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "their name"),
			FIELD(AddCustomer, salutation, LINE, .privacy = FIELD_PERSONAL,
				.help = "how a letter addresses them"),
			FIELD(AddCustomer, postal_address, TEXT, .privacy = FIELD_PERSONAL, .max = 1000,
				.help = "where letters go, line by line"),
			FIELD(AddCustomer, language, LINE, .help = "the language of their letters"),
			FIELD(AddCustomer, format, LINE, .help = "the format that they need letters in"),
			FIELD(AddCustomer, recognised, LINE, .help = "how they were recognised (G13)"),
			FIELD_LIST(AddCustomer, identifiers, GROUP, .privacy = FIELD_PERSONAL, .max = 20,
				.fields = identifier_fields, .size = sizeof(IdentifierInput),
				.help = "numbers and addresses"),
			FIELDS_END,
		},
	.input_size = sizeof(AddCustomer),
	.perform = add_customer,
};

typedef struct {
	const char *customer, *kind, *value, *recognised;
	gboolean used_by_others;
} AddIdentifier;

static gboolean add_identifier(ActRun *run, const void *input, GError **error)
{
	const AddIdentifier *in = input;
	const IdentifierInput identifier = {.kind = in->kind, .value = in->value};
	CustomerRow *customer;

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error))
		return FALSE;
	run->customer = customer->ref;
	run->summary = arena_printf(run->mem, "Recognised by another %s", outcome_words(OUTCOME_IDENTIFIER, in->kind));
	return save_identifier(
		run, customer->ref, &identifier, in->recognised, in->used_by_others, "value", &run->id, error);
}

const Act act_add_identifier = {
	.name = "add-identifier",
	.title = "Add a number or address",
	.summary = "Adds a phone number, e-mail address, postal address or handle by which a customer is recognised. "
		   "One that "
		   "somebody else uses too is marked as shared (R11).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(AddIdentifier, customer, LINE, .required = TRUE, .help = "whose it is"),
			{.name = "kind",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AddIdentifier, kind),
				.required = TRUE,
				.choices = (const char *const[]){"phone", "email", "post", "handle", NULL},
				.help = "phone, email, post or handle"},
			FIELD(AddIdentifier, value, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "as the customer gives it"),
			FIELD(AddIdentifier, recognised, LINE, .help = "how the person was recognised (G13)"),
			FIELD(AddIdentifier, used_by_others, BOOL, .help = "other people use it too"),
			FIELDS_END,
		},
	.input_size = sizeof(AddIdentifier),
	.perform = add_identifier,
};

typedef struct {
	const char *identifier;
} NameIdentifier;

static const Field name_identifier_fields[] = {
	FIELD(NameIdentifier, identifier, LINE, .required = TRUE, .help = "its reference, such as ID-2026-000123"),
	FIELDS_END,
};

static gboolean load_identifier(ActRun *run, const char *ref, IdentifierRow **ret_row, GError **error)
{
	IdentifierRow *row = NULL;

	if (!sql_identifier_by_ref(run->tx, run->mem, ref, &row, error))
		return FALSE;
	if (row == NULL || row->ended_at != INSTANT_NONE)
		return not_found(error, "There is no number or address %s, or it was ended.", ref);
	run->id = row->ref;
	run->customer = row->customer;
	*ret_row = row;
	return TRUE;
}

static gboolean mark_shared(ActRun *run, const void *input, GError **error)
{
	const NameIdentifier *in = input;
	IdentifierRow *row = NULL;
	gint64 changed;

	run->summary = "A number or address is used by others too";
	return load_identifier(run, in->identifier, &row, error) &&
	       sql_identifiers_mark_shared(run->tx, row->normal, &changed, error);
}

const Act act_mark_shared = {
	.name = "mark-shared",
	.title = "Mark a number or address as used by others",
	.summary =
		"From now on it gives machine doors at most 'check': a restriction binds nobody who shares it (R11).",
	.by = BY_ANYONE,
	.fields = name_identifier_fields,
	.input_size = sizeof(NameIdentifier),
	.perform = mark_shared,
};

static gboolean confirm_identifier(ActRun *run, const void *input, GError **error)
{
	const NameIdentifier *in = input;
	IdentifierRow *row = NULL;
	gint64 changed;

	if (!load_identifier(run, in->identifier, &row, error))
		return FALSE;
	if (g_str_equal(row->added_by, run->actor->user_name))
		return refuse(error, "G13", "Another manager confirms what you added yourself.");
	run->summary = "A number or address was confirmed as this customer's";
	return sql_identifier_confirm(run->tx, row->ref, &changed, error);
}

const Act act_confirm_identifier = {
	.name = "confirm-identifier",
	.title = "Confirm a number or address",
	.summary = "A manager confirms that a number or address added after a decision is this customer's (R11, G13).",
	.by = BY(MANAGER),
	.fields = name_identifier_fields,
	.input_size = sizeof(NameIdentifier),
	.perform = confirm_identifier,
};

static gboolean end_identifier(ActRun *run, const void *input, GError **error)
{
	const NameIdentifier *in = input;
	IdentifierRow *row = NULL;
	gint64 changed;

	run->summary = "A number or address is no longer this customer's";
	return load_identifier(run, in->identifier, &row, error) &&
	       sql_identifier_end(run->tx, row->ref, run->now, &changed, error);
}

const Act act_end_identifier = {
	.name = "end-identifier",
	.title = "End a number or address",
	.summary = "The customer is no longer recognised by it; what happened under it stays.",
	.by = BY_ANYONE,
	.fields = name_identifier_fields,
	.input_size = sizeof(NameIdentifier),
	.perform = end_identifier,
};

typedef struct {
	const char *customer, *name, *capacity, *kind, *value;
} RegisterRepresentative;

static gboolean register_representative(ActRun *run, const void *input, GError **error)
{
	const RegisterRepresentative *in = input;
	const PhoneRules phones = phones_of(run);
	RepresentativeRow row = {.name = in->name,
		.capacity = in->capacity,
		.kind = in->kind,
		.added_at = run->now,
		.ended_at = INSTANT_NONE};
	CustomerRow *customer;
	IdentifierKind kind;
	char *normal;

	identifier_kind_parse(in->kind, &kind);
	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error) ||
		!identifier_normalise(kind, in->value, &phones, "value", run->mem, &normal, error) ||
		!act_new_reference(run, "RP", &row.ref, error))
		return FALSE;
	row.customer = run->customer = customer->ref;
	row.normal = normal;
	run->id = row.ref;
	run->summary = arena_printf(run->mem, "A representative was registered (%s)", in->capacity);
	return sql_representative_add(run->tx, &row, error);
}

const Act act_register_representative = {
	.name = "register-representative",
	.title = "Register a representative",
	.summary =
		"Registers who speaks for a customer: a restriction of the customer never reaches them as such (G5).",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(RegisterRepresentative, customer, LINE, .required = TRUE, .help = "whom they speak for"),
			FIELD(RegisterRepresentative, name, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "their name"),
			FIELD(RegisterRepresentative, capacity, LINE, .required = TRUE,
				.help = "solicitor, advocate, elected member, ombudsman …"),
			{.name = "kind",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(RegisterRepresentative, kind),
				.required = TRUE,
				.choices = (const char *const[]){"phone", "email", "post", "handle", NULL},
				.help = "phone, email, post or handle"},
			FIELD(RegisterRepresentative, value, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "the number or address they use"),
			FIELDS_END,
		},
	.input_size = sizeof(RegisterRepresentative),
	.perform = register_representative,
};

typedef struct {
	const char *customer, *function, *kind, *title;
} OpenMatter;

static gboolean open_matter(ActRun *run, const void *input, GError **error)
{
	const OpenMatter *in = input;
	MatterRow row = {.function = in->function,
		.kind = in->kind,
		.title = in->title,
		.opened_at = run->happened_at,
		.closed_at = INSTANT_NONE};
	FunctionRow *function = NULL;
	CustomerRow *customer;
	const char **matters = arena_array(run->mem, const char *, 2);

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &customer, error) ||
		!sql_function_by_slug(run->tx, run->mem, in->function, &function, error))
		return FALSE;
	if (function == NULL)
		return invalid(error, "function", "There is no function '%s'. 'evenhand list functions' shows them.",
			in->function);
	if (!act_new_reference(run, "M", &row.ref, error))
		return FALSE;
	row.customer = run->customer = customer->ref;
	run->id = matters[0] = row.ref;
	run->matters = matters;
	run->function = function->slug;
	run->summary = arena_printf(run->mem, "Matter opened: %s", in->title);
	return sql_matter_add(run->tx, &row, error);
}

const Act act_open_matter = {
	.name = "open-matter",
	.title = "Open a matter",
	.summary = "Records the complaint, case, query or request that a customer's contact is about.",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(OpenMatter, customer, LINE, .required = TRUE, .help = "whose matter it is"),
			FIELD(OpenMatter, function, LINE, .required = TRUE, .help = "the function that owns it"),
			{.name = "kind",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(OpenMatter, kind),
				.required = TRUE,
				.choices = (const char *const[]){"complaint", "case", "query", "request", NULL},
				.help = "complaint, case, query or request"},
			FIELD(OpenMatter, title, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "what it is about"),
			FIELDS_END,
		},
	.input_size = sizeof(OpenMatter),
	.perform = open_matter,
};

typedef struct {
	const char *matter, *how;
} CloseMatter;

static gboolean close_matter(ActRun *run, const void *input, GError **error)
{
	const CloseMatter *in = input;
	const char **matters = arena_array(run->mem, const char *, 2);
	MatterRow *row = NULL;
	gint64 changed;

	if (!sql_matter_by_ref(run->tx, run->mem, in->matter, &row, error))
		return FALSE;
	if (row == NULL)
		return not_found(error, "There is no matter %s.", in->matter);
	if (row->closed_at != INSTANT_NONE)
		return conflict(error, "%s is closed already.", in->matter);
	run->id = matters[0] = row->ref;
	run->matters = matters;
	run->customer = row->customer;
	run->function = row->function;
	run->summary = arena_printf(run->mem, "Matter closed: %s", in->how);
	return sql_matter_close(run->tx, row->ref, run->happened_at, in->how, &changed, error);
}

const Act act_close_matter = {
	.name = "close-matter",
	.title = "Close a matter",
	.summary = "Records how a matter ended.",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(CloseMatter, matter, LINE, .required = TRUE, .help = "the matter"),
			FIELD(CloseMatter, how, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "how it ended"),
			FIELDS_END,
		},
	.input_size = sizeof(CloseMatter),
	.perform = close_matter,
};
