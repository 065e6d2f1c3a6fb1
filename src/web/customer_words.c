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

/* The same of one that waits. */
static const char *waiting_in_words(const char *delivery)
{
	static const char *const WORDS[] = {
		[DELIVERY_EMAIL] = "to go by e-mail",
		[DELIVERY_POST] = "to go by post",
		[DELIVERY_BY_HAND] = "to be handed over",
		[DELIVERY_READ_OUT] = "to be read out",
		[DELIVERY_TASK] = "to be made in another format",
	};
	Delivery way;

	return delivery != NULL && delivery_parse(delivery, &way) ? WORDS[way] : delivery;
}

const char *number_in_words(const Visit *visit, const char *kind, const char *value)
{
	if (g_strcmp0(kind, identifier_kind_name(IDENTIFIER_PHONE)) != 0)
		return value;
	return phone_in_words(value, &visit->office->policy->organisation.phone, visit->mem);
}

const char *letter_in_words(const Visit *visit, const LetterView *letter)
{
	const char *way = delivery_in_words(letter->delivery), *day;

	if (letter->returned_at != INSTANT_NONE)
		return "It came back, and is to be sent again";
	if (letter->sent_at == INSTANT_NONE)
		return arena_printf(visit->mem, "Not sent yet: %s", waiting_in_words(letter->delivery));
	day = day_in_words(visit->mem, zone_day(visit->office->zone, letter->sent_at));
	if (g_strcmp0(letter->delivery, delivery_name(DELIVERY_READ_OUT)) == 0)
		return arena_printf(visit->mem, "Read out on %s", day);
	return arena_printf(visit->mem, "Sent on %s, %s", day, way);
}
