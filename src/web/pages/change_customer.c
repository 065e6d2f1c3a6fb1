/* change_customer.c: see change_customer.h. */
#include "web/pages/change_customer.h"

#include "web/flow_rows.h"

static const char *language_title(const char *language)
{
	static const char *const TITLES[][2] = {{"en", "English"}, {"cy", "Welsh"}, {"ga", "Irish"}, {"gd", "Gaelic"}};

	for (gsize i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (g_str_equal(TITLES[i][0], language))
			return TITLES[i][1];
	return language;
}

static gboolean fill(Flow *flow, GError **error)
{
	const Policy *policy = flow->visit->office->policy;
	const gsize n_languages = g_strv_length((char **)policy->organisation.languages);
	ChangeCustomerPage *page = arena_new0(flow->mem, ChangeCustomerPage);
	GovukChoice *languages = arena_array(flow->mem, GovukChoice, n_languages + 1);
	GovukChoice *formats = arena_array(flow->mem, GovukChoice, policy->notices.n_formats + 1);
	const CustomerView *customer = flow->customer;

	(void)error;
	for (; page->n_languages < n_languages; page->n_languages++)
		languages[page->n_languages] = (GovukChoice){.value = policy->organisation.languages[page->n_languages],
			.text = language_title(policy->organisation.languages[page->n_languages])};
	for (; page->n_formats < policy->notices.n_formats; page->n_formats++)
		formats[page->n_formats] = (GovukChoice){.value = policy->notices.formats[page->n_formats].key,
			.text = policy->notices.formats[page->n_formats].title};
	page->languages = languages;
	page->formats = formats;
	flow_prefill(flow, "name", customer->name);
	flow_prefill(flow, "salutation", customer->salutation);
	flow_prefill(flow, "postal_address", customer->postal_address);
	flow_prefill(flow, "language", customer->language);
	flow_prefill(flow, "format", customer->format);
	flow->page = page;
	return TRUE;
}

static void ask(Html *out, Flow *flow)
{
	change_customer_questions(out, flow, flow->page);
}

const FlowPage flow_change_customer = {
	.act = "change-customer",
	.place = FLOW_CUSTOMER,
	.title = "Change their details",
	.button = "Save the changes",
	.fill = fill,
	.ask = ask,
	.done = {"Details changed",
		"Letters that are made from now on use them. Those that were made stay as they are."},
};
