/* placeholder.c: the closed list of what a letter's template may name, with samples for the preview. Where the values
 * come from is the acts' business. */
#include "letters/letter.h"

#include <string.h>

const LetterPlaceholder letter_placeholders[] = {
	/* who, when, from whom */
	{"customer-name", FALSE, "the customer's name", "Morgan Łukasz Ŵyn"},
	{"customer-address", FALSE, "the address that the letter goes to, a line each",
		"12 Mill Lane\nOldtown\nOT1 2AB"},
	{"reference", FALSE, "the reference to quote", "CF-2026-000045"},
	{"date", FALSE, "the date of the letter", "24 November 2026"},
	{"organisation", FALSE, "the organisation's name", "The Complaints Office"},
	{"organisation-address", FALSE, "the organisation's address, a line each",
		"The Complaints Office\nPO Box 1\nOldtown\nOT1 1AA"},
	{"organisation-email", FALSE, "the organisation's e-mail address", "office@example.org"},
	{"organisation-telephone", FALSE, "the organisation's telephone number", "020 7946 0000"},
	{"signed-by", FALSE, "who signs, and their post", "A. Reader\nHead of Casework"},
	{"format-offer", FALSE, "how to ask for another format or language (N4)",
		"Tell us if you need this letter in large print, on audio, in Braille or in another language."},
	{"policy-title", FALSE, "the title of the enclosed policy (W3)", "How we manage contact"},
	/* what happened and what is asked */
	{"heading", FALSE, "the heading of the policy that the behaviour falls under (B1)", "Unreasonable behaviour"},
	{"behaviour", FALSE, "what the customer did, in words (W1)",
		"Between 2 and 6 November you telephoned us 53 times about the same question."},
	{"why", TRUE, "why this is unacceptable, or why the step is taken (N1)",
		"Each call was answered and the answer did not change.\nThe calls took eleven hours of our staff's "
		"time."},
	{"matter", FALSE, "the matter that the contact is about", "your complaint of 3 March 2026"},
	{"asked", FALSE, "what the customer is asked to do from now on", "Please write to us rather than telephone."},
	{"steps", TRUE, "the steps that may be taken if it goes on (W2)",
		"We may agree times at which you can call.\nWe may ask you to write only."},
	{"days-to-adapt", FALSE, "how many days the customer has to adapt (W4)", "14 days"},
	{"adapt-until", FALSE, "the last of those days (W4)", "10 December 2026"},
	{"how-to-answer", FALSE, "how the customer can answer and be heard (W6)",
		"You can ring 020 7946 0000 or write to us at the address of this letter. Or tell the person you deal "
		"with."},
	/* what is decided */
	{"scope", FALSE, "what the arrangements reach (G4)", "your contact with the casework department"},
	{"decided-by", FALSE, "who decided: post, not name, where the policy says so", "the head of casework"},
	{"decided-on", FALSE, "the date of the decision", "20 November 2026"},
	{"arrangements", TRUE, "what exactly will apply (N2, G3)",
		"We will not take your telephone calls.\nWe will read and answer what you write or e-mail."},
	{"starts", FALSE, "when the arrangements start, as a sentence (N2, N5)",
		"This starts at the end of 27 November 2026."},
	{"until", FALSE, "until when they last, as a sentence (N2)", "It ends at the end of 26 May 2027."},
	{"review", FALSE, "the day of their review (V1)", "26 May 2027"},
	{"lifting", FALSE, "what would lead to lifting them, as a sentence (G3)",
		"If your letters over three months keep to new questions, we will lift the arrangement."},
	{"open-ways", TRUE, "the ways that stay open (R9, G5)",
		"For anything that you need from us: by letter; by e-mail to office@example.org\nTo make a new "
		"complaint: by "
		"e-mail to complaints@example.org"},
	{"dispute", FALSE, "how to dispute it (N3)",
		"Write to the complaints officer at the address below, and say why you disagree."},
	{"dispute-external", FALSE, "where to go after that", "You may then go to the Ombudsman."},
	{"reasons", TRUE, "the reasons for the decision (N1)",
		"You were told on 9 November that the calls had to stop.\nYou made 24 more after that."},
	/* what came after */
	{"police", FALSE, "that the police were told, where they agreed that it is said (N1)",
		"We told Oldtown Police about this on 4 November 2026. Their reference is 1234."},
	{"entry-reference", FALSE, "the reference of what they sent us: a dispute, an answer", "DI-2026-000007"},
	{"received", FALSE, "the day on which that came", "2 December 2026"},
	{"reply-by", FALSE, "the day by which they hear from us (D3)", "22 December 2026"},
	{"meanwhile", FALSE, "whether the arrangements apply while a dispute is open",
		"Until then the arrangements that we told you of stay as they are."},
	{"what-applies", TRUE, "what applies after a dispute was answered, and for how long; or that nothing does (D2)",
		"We will not take your telephone calls.\nIt ends at the end of 26 May 2027."},
	{"after-dispute", FALSE, "what they can do if they still disagree", "You may then go to the Ombudsman."},
	{"outcome", FALSE, "the outcome of a dispute or a review, in words (D2, V3)", "The arrangements still apply."},
	{"changes", TRUE, "what is different from now on", "You may call on Tuesdays between 10:00 and 10:30."},
	{"ended-on", FALSE, "when the arrangements ended (G3)", "26 May 2027"},
	{NULL, FALSE, NULL, NULL},
};

const LetterPlaceholder *letter_placeholder(const char *name)
{
	for (const LetterPlaceholder *known = letter_placeholders; known->name != NULL; known++)
		if (g_str_equal(known->name, name))
			return known;
	return NULL;
}

/* Letters put in, left out or changed between two names. */
static gsize edit_distance(const char *a, const char *b)
{
	gsize row[64];
	gsize n = strlen(b);

	g_assert(n < G_N_ELEMENTS(row));
	for (gsize j = 0; j <= n; j++)
		row[j] = j;
	for (gsize i = 0; a[i] != '\0'; i++) {
		gsize diagonal = row[0];

		row[0] = i + 1;
		for (gsize j = 0; j < n; j++) {
			gsize changed = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			row[j + 1] = MIN(changed, MIN(row[j], row[j + 1]) + 1);
		}
	}
	return row[n];
}

const char *letter_placeholder_near(const char *name)
{
	gsize length = strlen(name);
	gsize nearest = MAX(length / 3, 1) + 1;
	const char *near = NULL;

	if (length > 63)
		return NULL;
	for (const LetterPlaceholder *known = letter_placeholders; known->name != NULL; known++) {
		gsize distance = edit_distance(name, known->name);

		if (distance < nearest) {
			nearest = distance;
			near = known->name;
		}
	}
	return near;
}

LetterValue *letter_samples(Arena *mem, gsize *ret_n)
{
	gsize n = 0;
	LetterValue *samples;

	while (letter_placeholders[n].name != NULL)
		n++;
	samples = arena_array(mem, LetterValue, n);
	for (gsize i = 0; i < n; i++) {
		const LetterPlaceholder *known = &letter_placeholders[i];

		samples[i].name = known->name;
		if (known->list)
			samples[i].items =
				arena_own(mem, g_strsplit(known->sample, "\n", -1), (GDestroyNotify)g_strfreev);
		else
			samples[i].text = known->sample;
	}
	*ret_n = n;
	return samples;
}
