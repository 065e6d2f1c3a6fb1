/* notice_make.c: one notice to one customer, from a prepared letter to its row and the outbox. Which acts make one, and
 * what became of it, stands elsewhere (notices.c); what it says in compose.c. */
#include "acts/run.h"
#include "core/delivery.h"
#include "core/dispute.h"

/* Due at once, whatever time a demonstration pretends: the outbox goes by the machine's clock. */
#define DUE_AT_ONCE ((Instant)0)

static gboolean function_title(ActRun *run, const char *slug, const char **ret_title, GError **error)
{
	FunctionRow *row = NULL;

	if (!sql_function_by_slug(run->tx, run->mem, slug, &row, error))
		return FALSE;
	*ret_title = row != NULL ? row->title : slug;
	return TRUE;
}

static gboolean is_named_in_reports(const Casefile *file, const char *user_name)
{
	for (gsize i = 0; i < file->n_reports; i++)
		if (g_strcmp0(file->reports[i].reporter, user_name) == 0 ||
			g_strv_contains(file->reports[i].targets, user_name))
			return TRUE;
	return FALSE;
}

static gboolean signer_as(ActRun *run, const char *user_name, const char *post, const char **ret_lines, GError **error)
{
	StaffRow *staff = NULL;

	if (!sql_staff_by_user(run->tx, run->mem, user_name, &staff, error))
		return FALSE;
	*ret_lines = staff == NULL || is_named_in_reports(run->file, user_name)
			     ? post
			     : arena_printf(run->mem, "%s\n%s", staff->name, post);
	return TRUE;
}

gboolean notice_signer_self(ActRun *run, const char **ret_lines, GError **error)
{
	const char *user = run->actor->user_name;

	if (actor_has(run->actor, ROLE_COMPLAINTS_OFFICER, NULL))
		return signer_as(run, user, "Complaints officer", ret_lines, error);
	return notice_signer(run, user, CAPACITY_NONE, ret_lines, error);
}

gboolean notice_signer(ActRun *run, const char *user_name, Capacity capacity, const char **ret_lines, GError **error)
{
	const char *title, *post;

	if (!function_title(run, run->file->function, &title, error))
		return FALSE;
	switch (capacity) {
	case CAPACITY_HEAD:
		post = arena_printf(run->mem, "Head of function, %s", title);
		break;
	case CAPACITY_DEPUTY:
		post = arena_printf(run->mem, "Deputy head of function, %s", title);
		break;
	case CAPACITY_STAND_IN:
		post = arena_printf(run->mem, "For the head of function, %s", title);
		break;
	default:
		post = title;
	}
	return signer_as(run, user_name, post, ret_lines, error);
}

/* The address of a kind that is theirs alone (R11), the newest; NULL where there is none. */
static const char *own_address(const IdentifierRow *rows, gsize n, const char *kind, gboolean shared_too)
{
	for (gsize i = n; i > 0; i--) {
		const IdentifierRow *row = &rows[i - 1];

		if (row->ended_at == INSTANT_NONE && g_str_equal(row->kind, kind) &&
			(shared_too || !row->used_by_others))
			return g_str_equal(kind, "post") ? row->typed : row->normal;
	}
	return NULL;
}

static gboolean choose_delivery(
	ActRun *run, Letter *letter, const CustomerRow *customer, const char *about, const char *asked, GError **error)
{
	DeliveryReach reach = {.format = letter->format, .postal_address = customer->postal_address};
	IdentifierRow *identifiers;
	gsize n;

	if (!sql_identifiers_of(run->tx, run->mem, customer->ref, &identifiers, &n, error))
		return FALSE;
	reach.email = own_address(identifiers, n, "email", FALSE);
	if (reach.postal_address == NULL) /* a letter in an envelope names whom it is for: a household may share it */
		reach.postal_address = own_address(identifiers, n, "post", TRUE);
	for (gsize i = 0; i < run->file->n_notices; i++)
		reach.returned |= g_str_equal(run->file->notices[i].about, about) &&
				  run->file->notices[i].returned_at != INSTANT_NONE;
	return delivery_choose(&reach, asked, &letter->delivery, &letter->address, error);
}

/* What every letter of a casefile has in common. */
static gboolean fill_letter(
	ActRun *run, Letter *letter, const CustomerRow *customer, const char *about, const char *asked, GError **error)
{
	const gsize n = g_strv_length((char **)run->file->matters);
	const char **titles = arena_array(run->mem, const char *, n + 1);
	MatterRow **matters;
	gsize n_matters;

	letter->pack = run->pack;
	letter->reference = run->file->ref;
	letter->date = run->today;
	letter->customer_name = customer->salutation != NULL ? customer->salutation : customer->name;
	letter->language = customer->language;
	letter->format = policy_format(run->policy, customer->format);
	if (letter->format == NULL)
		return refuse_at(error, "N4", "format",
			"The policy in force knows no letters in the format '%s' that they need. Ask the "
			"administrator to add it to the policy pack.",
			customer->format);
	if (!load_matters(run->tx, run->mem, customer->ref, run->file->matters, &matters, &n_matters, error) ||
		!function_title(run, run->file->function, &letter->function, error))
		return FALSE;
	for (gsize i = 0; i < n_matters; i++)
		titles[i] = matters[i]->title;
	letter->matters = titles;
	return choose_delivery(run, letter, customer, about, asked, error);
}

static gboolean into_outbox(ActRun *run, const char *notice, GError **error)
{
	const OutboxRow row = {.number = run->number,
		.notice = notice,
		.due_at = DUE_AT_ONCE,
		.lease_until = INSTANT_NONE,
		.done_at = INSTANT_NONE,
		.given_up_at = INSTANT_NONE};

	return sql_outbox_add(run->tx, &row, error);
}

/* The decision that the letter is about, or of which it tells something; NULL. */
static const Decision *decision_of(const ActRun *run, const Letter *letter, const char *about)
{
	const Dispute *dispute = casefile_dispute(run->file, about);

	if (letter->about_decision != NULL)
		return casefile_decision(run->file, letter->about_decision);
	if (letter->arrangement != NULL)
		return casefile_decision(run->file, letter->arrangement->decision);
	return casefile_decision(run->file, dispute != NULL ? dispute->decision : about);
}

/* Somebody who has left sees to nothing. */
static gboolean works_here(ActRun *run, const char *user_name, gboolean *ret_works, GError **error)
{
	StaffRow *staff = NULL;

	*ret_works = FALSE;
	if (!sql_staff_by_user(run->tx, run->mem, user_name, &staff, error))
		return FALSE;
	*ret_works = staff != NULL && staff->ended_at == INSTANT_NONE;
	return TRUE;
}

/* Who was asked for; else who requested what is told, the actor, or (of a job) who decided. */
static gboolean choose_owner(
	ActRun *run, const Letter *letter, const char *about, const char **ret_owner, GError **error)
{
	const Decision *decision = decision_of(run, letter, about);
	const Request *request = decision != NULL ? casefile_request(run->file, decision->request) : NULL;
	gboolean works = FALSE;

	*ret_owner = letter->owner != NULL ? letter->owner : request != NULL ? request->by : run->actor->user_name;
	if (letter->owner == NULL && request == NULL)
		return TRUE;
	if (!works_here(run, *ret_owner, &works, error))
		return FALSE;
	if (!works && letter->owner != NULL)
		return invalid(error, "owner",
			"‘%s’ is nobody who works here. Give the user name of somebody who does.", letter->owner);
	if (!works)
		*ret_owner = run->actor->machine && decision->n_signatures > 0 ? decision->signatures[0].user_name
									       : run->actor->user_name;
	return TRUE;
}

gboolean notice_make(
	ActRun *run, Letter *letter, const char *about, const char *asked, const char **ret_notice, GError **error)
{
	NoticeRow row = {.casefile = run->file->ref,
		.customer = run->file->customer,
		.kind = letter->kind,
		.about = about,
		.made_at = run->now,
		.approved_by = run->actor->user_name,
		.sent_at = INSTANT_NONE,
		.delivered_at = INSTANT_NONE,
		.returned_at = INSTANT_NONE,
		.pack = run->pack_label};
	CustomerRow *customer;
	Document *document;
	gint64 changed;

	if (!choose_owner(run, letter, about, &row.owner, error) ||
		!load_customer(run->tx, run->mem, run->file->customer, "customer", &customer, error) ||
		!fill_letter(run, letter, customer, about, asked, error) ||
		!compose_document(letter, run->mem, &document, error) || !act_new_reference(run, "N", &row.ref, error))
		return FALSE;
	row.language = document->language;
	row.format = letter->format->key;
	row.delivery = delivery_name(letter->delivery);
	row.address = letter->address;
	row.subject = document->title;
	row.body_text = letter_render_text(document, run->mem);
	row.body_html = letter_render_html(document, run->mem);
	*ret_notice = run->notice = row.ref;
	run->letter = document;
	return sql_notice_add(run->tx, &row, error) &&
	       (letter->arrangement == NULL ||
		       sql_arrangement_set_notice(run->tx, letter->arrangement->ref, row.ref, &changed, error)) &&
	       (letter->delivery != DELIVERY_EMAIL || into_outbox(run, row.ref, error));
}
