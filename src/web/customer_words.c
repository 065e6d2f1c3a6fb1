/* customer_words.c: parts of a customer's page that other pages say too. */
#include "web/customer_words.h"

/* How a letter goes, as people say it. */
const char *delivery_in_words(const char *delivery)
{
	static const char *const WORDS[] = {
		[DELIVERY_EMAIL] = "by e-mail",
		[DELIVERY_POST] = "by post",
		[DELIVERY_BY_HAND] = "by hand",
		[DELIVERY_READ_OUT] = "read out",
		[DELIVERY_TASK] = "in a format made elsewhere",
	};
	Delivery way;

	return delivery != NULL && delivery_parse(delivery, &way) ? WORDS[way] : delivery;
}

const char *letter_in_words(const Visit *visit, const LetterView *letter)
{
	const char *way = delivery_in_words(letter->delivery);

	if (letter->returned_at != INSTANT_NONE)
		return "It came back, and is to be sent again";
	if (letter->sent_at == INSTANT_NONE)
		return arena_printf(visit->mem, "Not sent yet, to go %s", way);
	return arena_printf(visit->mem, "Sent on %s, %s",
		day_in_words(visit->mem, zone_day(visit->office->zone, letter->sent_at)), way);
}
