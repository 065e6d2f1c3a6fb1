/* delivery.h: how a notice reaches the customer, and from when what it tells may bind (N4, N5, W5). */
#pragma once

#include "base/error.h"
#include "core/policy.h"

/* How this customer can be reached. */
typedef struct {
	const NoticeFormat *format; /* that they need (N4) */
	const char *email;          /* that nobody else uses (R11); NULL */
	const char *postal_address; /* NULL */
	gboolean returned;          /* a notice about the same thing came back: it may be read out instead */
} DeliveryReach;

/* N4: the way of sending for the format that they need: e-mail; a letter by post; read out; and owned work for what
 * the program does not make. asked (NULL: that way) may choose another for what is made here: by hand, by the other
 * address, as work; reading out only where no address is known or the notice came back. Refuses with N4, at
 * "delivery", where an address is missing, and says what to record. *ret_address: NULL where none is used. */
gboolean delivery_choose(const DeliveryReach *reach, const char *asked, Delivery *ret_delivery,
	const char **ret_address, GError **error) MUST_CHECK;

/* N5: the local day at whose end a notice that is posted on a day is deemed delivered. */
Day delivery_by_post(const Policy *policy, Day posted);

/* N5, W5: from when an arrangement is in force: deemed delivery of its notice, or (W5, which spares the wait for
 * delivery and never the notice) its sending; never before the confirmation was recorded. */
Instant delivery_starts(Instant sent, Instant delivered, gboolean no_warning, Instant recorded);
