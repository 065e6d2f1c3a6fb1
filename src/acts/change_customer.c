/* change_customer.c: what is kept of a customer is put right: how they are called, where they live, how letters reach
 * them (N4). What they are recognised by is customers.c's. */
#include "acts/families.h"
#include "acts/names.h"

typedef struct {
	const char *customer, *name, *salutation, *postal_address, *language, *format, *reason;
} ChangeCustomer;

static gboolean check_letters(ActRun *run, const ChangeCustomer *in, GError **error)
{
	if (in->language != NULL && !g_strv_contains(run->policy->organisation.languages, in->language))
		return invalid(error, "language", "This organisation writes no letters in '%s'.", in->language);
	return in->format == NULL || policy_format(run->policy, in->format) != NULL ||
	       invalid(error, "format", "The policy knows no format '%s' for letters.", in->format);
}

/* What differs from what is kept: "name, format"; NULL: nothing does. */
static const char *changed_fields(ActRun *run, const ChangeCustomer *in, const CustomerRow *row)
{
	const struct {
		const char *title, *given, *kept;
	} FIELDS[] = {{"name", in->name, row->name}, {"salutation", in->salutation, row->salutation},
		{"postal address", in->postal_address, row->postal_address}, {"language", in->language, row->language},
		{"format of letters", in->format, row->format}};
	const char *list = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(FIELDS); i++)
		if (FIELDS[i].given != NULL && g_strcmp0(FIELDS[i].given, FIELDS[i].kept) != 0)
			list = list == NULL ? FIELDS[i].title : arena_printf(run->mem, "%s, %s", list, FIELDS[i].title);
	return list;
}

static gboolean change_customer(ActRun *run, const void *input, GError **error)
{
	const ChangeCustomer *in = input;
	const char *what, *folded = in->name != NULL ? name_fold(run->mem, in->name) : NULL;
	CustomerRow *row;
	gint64 changed;

	if (!load_customer(run->tx, run->mem, in->customer, "customer", &row, error) || !check_letters(run, in, error))
		return FALSE;
	what = changed_fields(run, in, row);
	if (what == NULL)
		return invalid(
			error, "name", "Nothing here differs from what is kept of %s. Change what is wrong.", row->ref);
	run->id = run->customer = row->ref;
	run->summary = arena_printf(run->mem, "Details changed: %s", what);
	return sql_customer_change(run->tx, row->ref, in->name, folded, in->salutation, in->postal_address,
		       in->language, in->format, &changed, error) &&
	       (in->name == NULL || customer_words_save(run->tx, run->mem, row->ref, in->name, error));
}

const Act act_change_customer = {
	.name = "change-customer",
	.title = "Change a customer's details",
	.summary = "Puts right what is kept of a customer: name, salutation, postal address, language, and the format "
		   "that "
		   "letters come in (N4). What is left out stays as it is.",
	.by = BY_ANYONE,
	.fields =
		(const Field[]){
			FIELD(ChangeCustomer, customer, LINE, .required = TRUE, .help = "whose details they are"),
			FIELD(ChangeCustomer, name, LINE, .privacy = FIELD_PERSONAL, .help = "their name"),
			FIELD(ChangeCustomer, salutation, LINE, .privacy = FIELD_PERSONAL,
				.help = "how letters address them, such as Mx Quill"),
			FIELD(ChangeCustomer, postal_address, TEXT, .privacy = FIELD_PERSONAL, .max = 500,
				.help = "where letters go"),
			FIELD(ChangeCustomer, language, LINE, .help = "the language of letters, such as en"),
			FIELD(ChangeCustomer, format, LINE, .help = "a format of the policy, such as large-print (N4)"),
			FIELD(ChangeCustomer, reason, TEXT, .required = TRUE, .privacy = FIELD_PERSONAL, .max = 2000,
				.help = "why, and how you know"),
			FIELDS_END,
		},
	.input_size = sizeof(ChangeCustomer),
	.perform = change_customer,
};
