/* words.c: verdicts, channels and forms' fields in plain words. */
#include "web/words.h"

#include <string.h>

static const struct {
	const char *title, *contact, *deed;
} CHANNEL_WORDS[] = {
	[CHANNEL_PHONE] = {"Phone", "call", "call them"},
	[CHANNEL_EMAIL] = {"E-mail", "e-mail", "e-mail them"},
	[CHANNEL_LETTER] = {"Letter", "letter", "write to them"},
	[CHANNEL_IN_PERSON] = {"In person", "visit", "meet them"},
	[CHANNEL_WEB] = {"Website", "message", "send them a message"},
	[CHANNEL_CHAT] = {"Chat", "chat", "chat with them"},
};
G_STATIC_ASSERT(G_N_ELEMENTS(CHANNEL_WORDS) == CHANNELS);

const char *words_channel(Channel channel)
{
	return CHANNEL_WORDS[channel].title;
}

const char *words_contact(Channel channel)
{
	return CHANNEL_WORDS[channel].contact;
}

const char *words_field(const char *key)
{
	static const struct {
		const char *key, *label;
	} LABELS[] = {
		{"what", "What it was about"},
		{"minutes", "Minutes it took"},
		{"from", "Number or address"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(LABELS); i++)
		if (g_str_equal(LABELS[i].key, key))
			return LABELS[i].label;
	return NULL;
}

const char *words_with_rule(Arena *mem, const char *sentence, const char *rule)
{
	gsize length = strlen(sentence);
	const char *end = "";

	if (rule == NULL)
		return sentence;
	if (length > 0 && strchr(".?!", sentence[length - 1]) != NULL)
		end = sentence + --length;
	return arena_printf(mem, "%.*s (rule %s)%s", (int)length, sentence, rule, end);
}

const char *words_verdict_short(Verdict verdict)
{
	static const char *const WORDS[] = {
		[VERDICT_PROCEED] = "Answer as usual",
		[VERDICT_CHECK] = "Ask first",
		[VERDICT_RECORD] = "Go ahead, recorded",
		[VERDICT_LIMIT] = "Go ahead, limited",
		[VERDICT_ROUTE] = "Pass on",
		[VERDICT_FILE] = "Take and file",
		[VERDICT_DECLINE] = "Decline",
		[VERDICT_BLOCK] = "Blocked",
	};

	return WORDS[verdict];
}

const char *words_check(Arena *mem, const char *about, Channel channel)
{
	if (g_strcmp0(about, "need") == 0)
		return arena_printf(mem, "Take this %s for now", words_contact(channel));
	if (g_strcmp0(about, "scope") == 0)
		return "Ask what it is about";
	return words_verdict(mem, VERDICT_CHECK, channel, 0, NULL);
}

const char *words_verdict(Arena *mem, Verdict verdict, Channel channel, int minutes, const char *route)
{
	const char *contact = words_contact(channel);

	switch (verdict) {
	case VERDICT_CHECK:
		return "Ask before anything else";
	case VERDICT_RECORD:
		return arena_printf(mem, "Go ahead: this %s is recorded", contact);
	case VERDICT_LIMIT:
		return minutes > 0 ? arena_printf(
					     mem, "Go ahead, for at most %d minute%s", minutes, minutes == 1 ? "" : "s")
				   : "Go ahead, within the limit";
	case VERDICT_ROUTE:
		return arena_printf(mem, "Pass this %s to %s", contact, route != NULL ? route : "the point of contact");
	case VERDICT_FILE:
		return arena_printf(mem, "Take this %s and file it", contact);
	case VERDICT_DECLINE:
		return arena_printf(mem, "Decline this %s", contact);
	case VERDICT_BLOCK:
		return arena_printf(mem, "Do not take this %s: it is blocked", contact);
	default:
		return "Answer as usual";
	}
}

const char *words_outward(Arena *mem, Verdict verdict, Channel channel)
{
	return arena_printf(
		mem, verdict == VERDICT_PROCEED ? "You may %s" : "Check before you %s", CHANNEL_WORDS[channel].deed);
}

const char *words_takes(Arena *mem, const Takes *takes)
{
	return arena_printf(mem, "%d contact%s, %d minute%s, %d member%s of staff", (int)takes->contacts,
		takes->contacts == 1 ? "" : "s", (int)takes->minutes, takes->minutes == 1 ? "" : "s", (int)takes->staff,
		takes->staff == 1 ? "" : "s");
}
