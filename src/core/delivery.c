/* delivery.c: the way that a notice takes, and from when what it tells may bind (N4, N5, W5). What a confirmation means
 * for the steps of a casefile stands in notice.c. */
#include "core/delivery.h"

#include "base/error.h"

#include <string.h>

/* The way that the format itself means. */
static Delivery usual_delivery(const NoticeFormat *format)
{
	if (strcmp(format->key, "read-out") == 0)
		return DELIVERY_READ_OUT;
	if (!format->made_here)
		return DELIVERY_TASK;
	return strcmp(format->key, "email") == 0 ? DELIVERY_EMAIL : DELIVERY_POST;
}

static gboolean check_chosen(const DeliveryReach *reach, Delivery usual, Delivery chosen, GError **error)
{
	if (chosen == usual || chosen == DELIVERY_TASK)
		return TRUE;
	if (!reach->format->made_here)
		return refuse_at(error, "N4", "delivery",
			"They need their letters in this form: %s. Leave 'delivery' out: it becomes work for somebody, "
			"who says when it was completed.",
			reach->format->title);
	if (chosen == DELIVERY_READ_OUT && !reach->returned && (reach->email != NULL || reach->postal_address != NULL))
		return refuse_at(error, "N4", "delivery",
			"A letter is read out only where no address is known, or after it came back. Send it by "
			"e-mail, by post or by hand.");
	return TRUE;
}

gboolean delivery_choose(
	const DeliveryReach *reach, const char *asked, Delivery *ret_delivery, const char **ret_address, GError **error)
{
	const Delivery usual = usual_delivery(reach->format);
	Delivery chosen = usual;

	if (asked != NULL && !delivery_parse(asked, &chosen))
		return invalid(error, "delivery",
			"A notice goes by email, post, by-hand, read-out or task, not by '%s'.", asked);
	if (!check_chosen(reach, usual, chosen, error))
		return FALSE;
	if (chosen == DELIVERY_EMAIL && reach->email == NULL)
		return refuse_at(error, "N4", "delivery",
			"No e-mail address is recorded that only they use. Record one, or choose post, by-hand or, "
			"where no address is known at all, read-out.");
	if (chosen == DELIVERY_POST && reach->postal_address == NULL)
		return refuse_at(error, "N4", "delivery",
			"No postal address is recorded for them. Record one, or choose email, by-hand or, where no "
			"address is known at all, read-out.");
	*ret_delivery = chosen;
	*ret_address = chosen == DELIVERY_EMAIL ? reach->email : chosen == DELIVERY_POST ? reach->postal_address : NULL;
	return TRUE;
}

Day delivery_by_post(const Policy *policy, Day posted)
{
	return day_add_working_days(posted, policy->notices.post_working_days, policy->organisation.closed_days,
		policy->organisation.n_closed_days);
}

Instant delivery_starts(Instant sent, Instant delivered, gboolean no_warning, Instant recorded)
{
	return MAX(no_warning ? sent : delivered, recorded);
}
