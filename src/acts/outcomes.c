/* outcomes.c: the words for what came of acts. Words that a policy chooses (headings, tiers, reasons for ending a call)
 * stand in its pack and not here. */
#include "acts/outcomes.h"

static const struct {
	OutcomeOf of;
	const char *key, *words;
} WORDS[] = {
	{OUTCOME_ASSESSED, "no-action", "Calls for no action"},
	{OUTCOME_ASSESSED, "informal-advice", "Informal advice is enough"},
	{OUTCOME_ASSESSED, "warning", "Calls for a warning"},
	{OUTCOME_ASSESSED, "request", "Calls for a request to restrict contact"},
	{OUTCOME_DECIDED, "as-asked", "Authorised as asked"},
	{OUTCOME_DECIDED, "different", "Authorised something different"},
	{OUTCOME_DECIDED, "refused", "Refused"},
	{OUTCOME_DECIDED, "returned", "Returned for more"},
	{OUTCOME_CLOSED, "no-action", "No action was needed"},
	{OUTCOME_CLOSED, "advice-sufficed", "Informal advice was enough"},
	{OUTCOME_CLOSED, "warning-sufficed", "The warning was enough"},
	{OUTCOME_CLOSED, "refused", "No restriction was authorised"},
	{OUTCOME_CLOSED, "overturned", "The decision was overturned"},
	{OUTCOME_CLOSED, "ended", "The arrangement ended"},
	{OUTCOME_DISPUTED, "still-apply", "The arrangements still apply"},
	{OUTCOME_DISPUTED, "different", "A different course"},
	{OUTCOME_DISPUTED, "ended", "The arrangements ended"},
	{OUTCOME_LETTER, "accepted", "Letter sent by e-mail"},
	{OUTCOME_LETTER, "handed-over", "Letter handed over"},
	{OUTCOME_LETTER, "posted", "Letter posted"},
	{OUTCOME_LETTER, "read-out", "Letter read out"},
	{OUTCOME_LETTER, "completed", "Letter given in their format"},
	{OUTCOME_LETTER, "returned", "Letter came back"},
	{OUTCOME_ITEM, "new-information", "New information"},
	{OUTCOME_ITEM, "safeguarding", "Somebody is at risk of harm"},
	{OUTCOME_ITEM, "information-request", "A request for information"},
	{OUTCOME_ITEM, "new-complaint", "A new complaint"},
	{OUTCOME_ITEM, "nothing-new", "Nothing new"},
	{OUTCOME_ADJUSTMENT, "granted", "Granted"},
	{OUTCOME_ADJUSTMENT, "granted-for-now", "Granted for the time being"},
	{OUTCOME_ADJUSTMENT, "refused", "Refused"},
	{OUTCOME_IDENTIFIER, "phone", "phone number"},
	{OUTCOME_IDENTIFIER, "email", "e-mail address"},
	{OUTCOME_IDENTIFIER, "post", "postal address"},
};

static const struct {
	const char *in, *out;
} CONTACTS[] = {
	[CHANNEL_PHONE] = {"Call from the customer", "Call to the customer"},
	[CHANNEL_EMAIL] = {"E-mail from the customer", "E-mail to the customer"},
	[CHANNEL_LETTER] = {"Letter from the customer", "Letter to the customer"},
	[CHANNEL_IN_PERSON] = {"Visit from the customer", "Visit to the customer"},
	[CHANNEL_WEB] = {"Website message from the customer", "Website message to the customer"},
	[CHANNEL_CHAT] = {"Chat with the customer", "Chat with the customer, begun by staff"},
};
G_STATIC_ASSERT(G_N_ELEMENTS(CONTACTS) == CHANNELS);

const char *outcome_words(OutcomeOf of, const char *key)
{
	for (gsize i = 0; key != NULL && i < G_N_ELEMENTS(WORDS); i++)
		if (WORDS[i].of == of && g_str_equal(WORDS[i].key, key))
			return WORDS[i].words;
	return key;
}

const char *outcome_contact(const char *channel, const char *direction)
{
	Channel parsed;

	if (channel == NULL || !channel_parse(channel, &parsed))
		return "Contact";
	return g_strcmp0(direction, "out") == 0 ? CONTACTS[parsed].out : CONTACTS[parsed].in;
}
