/* second_factor_test.c: codes from the time, good once and within one step; recovery codes; what a half session is; and
 * what administrators do for others. */
#include "acts/acts_testing.h"
#include "acts/second_factor.h"

#include <liboath/oath.h>
#include <string.h>

#define REFUSED EVENHAND_ERROR_REFUSED

static const char PASSWORD[] = "correct horse battery";
static const SignInFrom HERE = {.address = "10.0.0.1", .browser = "Firefox"};

/* RFC 6238, appendix B, cut to six digits. */
static void RFC6238_codes(void)
{
	static const guint8 SECRET[] = "12345678901234567890";
	static const struct {
		gint64 seconds;
		const char *code;
	} CASES[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"},
		{2000000000, "279037"}, {20000000000, "353130"}};

	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const Instant at = CASES[i].seconds * USEC_PER_SEC, step = SECOND_FACTOR_SECONDS * USEC_PER_SEC;
		const gint64 right = CASES[i].seconds / SECOND_FACTOR_SECONDS;

		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at, 0), ==, right);
		/* The phone's clock may be one step off, and no more. */
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at + step, 0), ==, right);
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at - step, 0), ==, right);
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at + 2 * step, 0), ==, -1);
		if (right > 1) /* no clock shows a time before 1970 */
			g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at - 2 * step, 0), ==, -1);
		/* Good once: neither it again, nor one before it. */
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at, right), ==, -1);
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at, right + 1), ==, -1);
		g_assert_cmpint(second_factor_step(SECRET, 20, CASES[i].code, at, right - 1), ==, right);
	}
}

static void codes_as_people_type_them(void)
{
	static const guint8 SECRET[] = "12345678901234567890";
	static const char *const GOOD[] = {"287082", "287 082", " 287082\r\n", "287-082"};
	static const char *const BAD[] = {"", "28708", "2870820", "287082x", "x", "２８７０８２", "999999"};

	for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++)
		g_assert_cmpint(second_factor_step(SECRET, 20, GOOD[i], 59 * USEC_PER_SEC, 0), ==, 1);
	for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_cmpint(second_factor_step(SECRET, 20, BAD[i], 59 * USEC_PER_SEC, 0), ==, -1);
}

/* The code that sam's app shows in so many steps from now, of the key as the page shows it. */
static const char *app(World *w, const char *shown, int steps)
{
	char code[7], *secret;
	size_t length;

	g_assert_cmpint(oath_base32_decode(shown, strlen(shown), &secret, &length), ==, OATH_OK);
	g_assert_cmpint(
		oath_totp_generate(secret, length, (time_t)(when_now() / USEC_PER_SEC + steps * 30), 30, 0, 6, code),
		==, OATH_OK);
	free(secret);
	return arena_strdup(w->mem, code);
}

static gboolean sign_in(World *w, const char *user, Session **ret_session, const char **ret_secret)
{
	g_autoptr(GError) error = NULL;
	gboolean done = auth_sign_in(w->acts, w->mem, user, PASSWORD, &HERE, ret_secret, ret_session, &error);

	g_assert_no_error(error);
	return done;
}

static Session *session_of(World *w, const char *secret)
{
	Session *session;

	g_assert_true(auth_session(w->acts, w->mem, secret, &session, NULL));
	return session;
}

typedef struct {
	World *w;
	Session *session;
	const char *secret, *key; /* of the session; of the app */
	const char *const *codes;
} Sam;

/* sam, signed in before the factor was on, and with it on; the app's present code is used up. */
static Sam sam_with_factor(TestStore *t)
{
	Sam sam = {.w = world_new(t)};
	World *w = sam.w;
	SecondFactor factor;

	g_assert_true(auth_set_password(w->acts, w->mem, "sam", PASSWORD, NULL));
	g_assert_true(auth_set_password(w->acts, w->mem, "mira", PASSWORD, NULL));
	g_assert_true(sign_in(w, "sam", &sam.session, &sam.secret));
	g_assert_false(sam.session->half);
	g_assert_true(second_factor_view(w->acts, w->mem, "sam", &factor, NULL));
	g_assert_false(factor.on);
	g_assert_null(factor.secret);
	g_assert_true(second_factor_offer(w->acts, w->mem, "sam", NULL));
	g_assert_true(second_factor_view(w->acts, w->mem, "sam", &factor, NULL));
	g_assert_false(factor.on);
	g_assert_cmpuint(strlen(factor.secret), ==, 39); /* eight groups of four */
	g_assert_true(g_str_has_prefix(factor.otpauth, "otpauth://totp/Evenhand:sam?secret="));
	sam.key = factor.secret;
	return sam;
}

static void confirm(Sam *sam)
{
	World *w = sam->w;

	g_assert_true(second_factor_confirm(w->acts, w->mem, sam->session, app(w, sam->key, 0), &sam->codes, NULL));
}

static void turning_it_on(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *other;
	Session *session;
	SecondFactor factor;

	/* Not before a code confirmed it. */
	g_assert_true(sign_in(w, "sam", &session, &other));
	g_assert_false(session->half);
	g_assert_false(second_factor_confirm(w->acts, w->mem, sam.session, "000000", &sam.codes, &error));
	g_assert_error(error, EVENHAND_ERROR, REFUSED);
	g_assert_cmpstr(evenhand_error_field(error), ==, "code");
	g_clear_error(&error);
	confirm(&sam);
	for (gsize i = 0; i < RECOVERY_CODES; i++)
		g_assert_cmpuint(strlen(sam.codes[i]), ==, 19);
	g_assert_null(sam.codes[RECOVERY_CODES]);
	/* It ends the others, and not the one that did it. */
	g_assert_null(session_of(w, other));
	g_assert_nonnull(session_of(w, sam.secret));
	g_assert_true(second_factor_view(w->acts, w->mem, "sam", &factor, NULL));
	g_assert_true(factor.on);
	g_assert_null(factor.secret); /* nobody is shown the key again */
	g_assert_cmpint(factor.codes_left, ==, RECOVERY_CODES);
	g_assert_false(second_factor_offer(w->acts, w->mem, "sam", &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_true(sign_in(w, "mira", &session, &other)); /* hers alone is as it was */
	g_assert_false(session->half);
	world_free(w);
}

static void a_key_that_was_not_confirmed_in_time_is_not_shown(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	SecondFactor factor;

	g_assert_true(test_store_try(t, "UPDATE second_factor SET last_step = last_step - 121"));
	g_assert_true(second_factor_view(w->acts, w->mem, "sam", &factor, NULL));
	g_assert_null(factor.secret);
	g_assert_false(second_factor_confirm(w->acts, w->mem, sam.session, app(w, sam.key, 0), &sam.codes, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_CONFLICT);
	world_free(w);
}

static gboolean second(World *w, const Session *half, const char *code, Session **ret_session, GError **error)
{
	const char *secret;

	return auth_second_step(w->acts, w->mem, half, code, &HERE, &secret, ret_session, error);
}

static void assert_wrong_code(World *w, const Session *half, const char *code)
{
	g_autoptr(GError) error = NULL;
	Session *session;

	g_assert_false(second(w, half, code, &session, &error));
	g_assert_error(error, EVENHAND_ERROR, REFUSED);
	g_assert_cmpstr(evenhand_error_field(error), ==, "code");
}

static void signing_in_takes_both(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *half_secret;
	Session *half, *whole;
	SessionView *views;
	gsize n;

	confirm(&sam);
	g_assert_true(sign_in(w, "sam", &half, &half_secret));
	g_assert_true(half->half);
	g_assert_true(session_of(w, half_secret)->half);
	g_assert_true(auth_sessions(w->acts, w->mem, "sam", &views, &n, NULL));
	g_assert_cmpuint(n, ==, 1);                     /* a half one is none yet */
	assert_wrong_code(w, half, app(w, sam.key, 0)); /* used by turning it on */
	assert_wrong_code(w, half, app(w, sam.key, 3));
	assert_wrong_code(w, half, sam.codes[0] + 1);
	g_assert_true(second(w, half, app(w, sam.key, 1), &whole, &error));
	g_assert_no_error(error);
	g_assert_false(whole->half);
	g_assert_cmpstr(whole->hash, !=, half->hash); /* another secret */
	g_assert_null(session_of(w, half_secret));
	g_assert_false(second(w, half, sam.codes[1], &whole, &error)); /* the half one is used up */
	g_assert_cmpstr(evenhand_error_field(error), ==, "user_name");
	world_free(w);
}

static void recovery_codes(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	const char *const *fresh, *half_secret;
	Session *half, *whole;
	SecondFactor factor;
	g_autofree char *typed = NULL;

	confirm(&sam);
	typed = g_ascii_strup(sam.codes[3], -1);
	g_strdelimit(typed, "-", ' ');
	g_assert_true(sign_in(w, "sam", &half, &half_secret));
	g_assert_true(second(w, half, typed, &whole, NULL));
	g_assert_true(second_factor_view(w->acts, w->mem, "sam", &factor, NULL));
	g_assert_cmpint(factor.codes_left, ==, RECOVERY_CODES - 1);
	g_assert_true(sign_in(w, "sam", &half, &half_secret));
	assert_wrong_code(w, half, sam.codes[3]); /* good once */
	g_assert_true(second_factor_new_codes(w->acts, w->mem, "sam", &fresh, NULL));
	assert_wrong_code(w, half, sam.codes[4]);
	g_assert_true(second(w, half, fresh[9], &whole, NULL));
	/* Only their hashes are kept. */
	g_assert_false(test_store_try(t, "INSERT INTO recovery_code (hash, user_name) SELECT hash, user_name FROM "
					 "recovery_code"));
	world_free(w);
}

static void too_many_codes_lock_nobody_else_out(TestStore *t)
{
	static const SignInFrom ELSEWHERE = {.address = "10.0.0.66", .browser = ""};
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *half_secret, *secret;
	Session *half, *session;

	confirm(&sam);
	g_assert_true(auth_sign_in(w->acts, w->mem, "sam", PASSWORD, &ELSEWHERE, &half_secret, &half, NULL));
	for (int i = 0; i < SIGN_IN_TRIES; i++) {
		g_assert_false(
			auth_second_step(w->acts, w->mem, half, "123456", &ELSEWHERE, &secret, &session, &error));
		g_assert_cmpstr(evenhand_error_field(error), ==, "code");
		g_clear_error(&error);
	}
	/* Even the right one, and the password too, from there. */
	g_assert_false(auth_second_step(w->acts, w->mem, half, sam.codes[0], &ELSEWHERE, &secret, &session, &error));
	g_assert_nonnull(strstr(error->message, "too many tries"));
	g_clear_error(&error);
	g_assert_false(auth_sign_in(w->acts, w->mem, "sam", PASSWORD, &ELSEWHERE, &secret, &session, &error));
	g_assert_nonnull(strstr(error->message, "too many tries"));
	g_clear_error(&error);
	/* The person themselves, from their own desk, and others from there. */
	g_assert_true(sign_in(w, "sam", &half, &half_secret));
	g_assert_true(second(w, half, sam.codes[0], &session, NULL));
	g_assert_true(auth_sign_in(w->acts, w->mem, "mira", PASSWORD, &ELSEWHERE, &secret, &session, NULL));
	world_free(w);
}

static void turning_it_off_takes_password_and_code(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *secret;
	Session *session;

	confirm(&sam);
	g_assert_false(auth_prove(
		w->acts, w->mem, sam.session, "wrong password!", "password", sam.codes[0], "10.0.0.1", &error));
	g_assert_cmpstr(evenhand_error_field(error), ==, "password");
	g_clear_error(&error);
	g_assert_false(auth_prove(w->acts, w->mem, sam.session, PASSWORD, "password", "", "10.0.0.1", &error));
	g_assert_cmpstr(evenhand_error_field(error), ==, "code");
	g_clear_error(&error);
	g_assert_true(auth_prove(w->acts, w->mem, sam.session, PASSWORD, "password", sam.codes[0], "10.0.0.1", &error));
	g_assert_true(second_factor_end(w->acts, w->mem, "sam", &error));
	g_assert_true(sign_in(w, "sam", &session, &secret));
	g_assert_false(session->half);
	world_free(w);
}

static void an_administrator_turns_a_lost_one_off(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	const char *secret;
	Session *session;

	refused(w, EVENHAND_ERROR_CONFLICT, NULL, NULL, "adam", "reset-second-factor",
		"{'user_name': 'sam', 'reason': 'At my desk.'}"); /* not on yet */
	confirm(&sam);
	refused(w, REFUSED, NULL, NULL, "mira", "reset-second-factor", "{'user_name': 'sam', 'reason': 'Asked.'}");
	refused(w, EVENHAND_ERROR_INVALID, NULL, "reason", "adam", "reset-second-factor", "{'user_name': 'sam'}");
	refused(w, REFUSED, NULL, "user_name", "adam", "reset-second-factor", "{'user_name': 'adam', 'reason': 'x'}");
	refused(w, EVENHAND_ERROR_INVALID, NULL, "user_name", "adam", "reset-second-factor",
		"{'user_name': 'nobody', 'reason': 'x'}");
	g_assert_cmpstr(
		done(w, "adam", "reset-second-factor", "{'user_name': 'sam', 'reason': 'At my desk.'}"), ==, "sam");
	g_assert_null(session_of(w, sam.secret));
	g_assert_true(sign_in(w, "sam", &session, &secret));
	g_assert_false(session->half);
	world_free(w);
}

#define LINK "0123456789012345678901234567890123456789abc"

static gboolean set_by_link(World *w, const char *secret, const char *password, GError **error)
{
	return auth_reset_password(w->acts, w->mem, secret, password, error);
}

static void a_link_sets_a_forgotten_password_once(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *user, *name, *secret;
	Session *session;

	confirm(&sam);
	refused(w, REFUSED, NULL, NULL, "mira", "reset-password", "{'user_name': 'sam', 'secret': '" LINK "'}");
	refused(w, REFUSED, NULL, "user_name", "adam", "reset-password", "{'user_name': 'adam', 'secret': '" LINK "'}");
	refused(w, EVENHAND_ERROR_INVALID, NULL, "secret", "adam", "reset-password",
		"{'user_name': 'sam', 'secret': 'short'}");
	done(w, "adam", "reset-password",
		"{'user_name': 'sam', 'secret': 'x1234567890123456789012345678901234567890-_'}");
	done(w, "adam", "reset-password", "{'user_name': 'sam', 'secret': '" LINK "'}");
	g_assert_false(
		auth_reset(w->acts, w->mem, "x1234567890123456789012345678901234567890-_", &user, &name, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND); /* the newer one took its place */
	g_clear_error(&error);
	g_assert_true(auth_reset(w->acts, w->mem, LINK, &user, &name, NULL));
	g_assert_cmpstr(user, ==, "sam");
	g_assert_false(set_by_link(w, LINK, "short", &error));
	g_assert_cmpstr(evenhand_error_field(error), ==, "new_password");
	g_clear_error(&error);
	g_assert_true(set_by_link(w, LINK, "quite another thing", &error));
	g_assert_null(session_of(w, sam.secret));
	g_assert_false(set_by_link(w, LINK, "and once more so", &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	g_clear_error(&error);
	/* The second factor is asked for still. */
	g_assert_true(auth_sign_in(w->acts, w->mem, "sam", "quite another thing", &HERE, &secret, &session, NULL));
	g_assert_true(session->half);
	world_free(w);
}

static void a_link_lasts_a_day(TestStore *t)
{
	World *w = world_new(t);
	g_autofree char *sql = NULL;
	const char *user, *name;

	done(w, "adam", "reset-password", "{'user_name': 'sam', 'secret': '" LINK "'}");
	sql = g_strdup_printf(
		"UPDATE password_reset SET ends_at = ends_at - %" G_GINT64_FORMAT, 1439 * USEC_PER_MINUTE);
	g_assert_true(test_store_try(t, sql));
	g_assert_true(auth_reset(w->acts, w->mem, LINK, &user, &name, NULL));
	g_free(sql);
	sql = g_strdup_printf("UPDATE password_reset SET ends_at = ends_at - %" G_GINT64_FORMAT, 2 * USEC_PER_MINUTE);
	g_assert_true(test_store_try(t, sql));
	g_assert_false(auth_reset(w->acts, w->mem, LINK, &user, &name, NULL));
	/* Nor for somebody who has left. */
	done(w, "adam", "reset-password",
		"{'user_name': 'mira', 'secret': 'y1234567890123456789012345678901234567890-_'}");
	done(w, "adam", "end-staff", "{'user_name': 'mira'}");
	g_assert_false(auth_reset(w->acts, w->mem, "y1234567890123456789012345678901234567890-_", &user, &name, NULL));
	world_free(w);
}

static void changing_ones_own_password(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autoptr(GError) error = NULL;
	const char *other;
	Session *session;
	static const struct {
		const char *old, *fresh, *field;
	} CASES[] = {{"wrong password!", "quite another thing", "old_password"}, {PASSWORD, "short", "new_password"},
		{PASSWORD, PASSWORD, "new_password"}, {PASSWORD, " correct horse battery\n", "new_password"},
		{PASSWORD, "Password-2026!!", "new_password"}, {"", "quite another thing", "old_password"}};

	g_assert_true(sign_in(w, "sam", &session, &other));
	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_assert_false(auth_change_password(
			w->acts, w->mem, sam.session, CASES[i].old, CASES[i].fresh, "10.0.0.1", &error));
		g_assert_cmpstr(evenhand_error_field(error), ==, CASES[i].field);
		g_clear_error(&error);
	}
	g_assert_true(auth_change_password(
		w->acts, w->mem, sam.session, PASSWORD, "quite another thing", "10.0.0.1", &error));
	g_assert_nonnull(session_of(w, sam.secret));
	g_assert_null(session_of(w, other));
	g_assert_false(auth_sign_in(w->acts, w->mem, "sam", PASSWORD, &HERE, &other, &session, NULL));
	g_assert_true(auth_sign_in(w->acts, w->mem, "sam", "quite another thing", &HERE, &other, &session, NULL));
	world_free(w);
}

static void sessions_are_ones_own_to_end(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	const char *other, *hers;
	Session *session, *mira;
	SessionView *views;
	gsize n;

	g_assert_true(sign_in(w, "sam", &session, &other));
	g_assert_true(sign_in(w, "mira", &mira, &hers));
	g_assert_true(auth_sessions(w->acts, w->mem, "sam", &views, &n, NULL));
	g_assert_cmpuint(n, ==, 2);
	g_assert_cmpstr(views[0].address, ==, "10.0.0.1");
	g_assert_cmpstr(views[0].browser, ==, "Firefox");
	g_assert_false(auth_end_session(w->acts, w->mem, "sam", mira->hash, NULL));
	g_assert_nonnull(session_of(w, hers));
	g_assert_true(auth_end_session(w->acts, w->mem, "sam", session->hash, NULL));
	g_assert_null(session_of(w, other));
	g_assert_true(sign_in(w, "sam", &session, &other));
	g_assert_true(auth_end_other_sessions(w->acts, w->mem, sam.session, NULL));
	g_assert_null(session_of(w, other));
	g_assert_nonnull(session_of(w, sam.secret));
	g_assert_nonnull(session_of(w, hers));
	world_free(w);
}

static void a_form_tells_whose_it_is(TestStore *t)
{
	Sam sam = sam_with_factor(t);
	World *w = sam.w;
	g_autofree char *changed = g_strdup(sam.session->form_key);
	Session *mira;
	const char *hers;
	gboolean is;

	changed[2] = changed[2] == 'x' ? 'y' : 'x';
	g_assert_true(sign_in(w, "mira", &mira, &hers));
	const struct {
		const char *key, *user;
		gboolean is;
	} cases[] = {{sam.session->form_key, "sam", TRUE}, {sam.session->form_key, "mira", FALSE},
		{mira->form_key, "mira", TRUE}, {mira->form_key, "sam", FALSE}, {changed, "sam", FALSE},
		{"", "sam", FALSE}, {NULL, "sam", FALSE}, {"not base64 %%%", "sam", FALSE}};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_true(auth_form_is_of(w->acts, w->mem, cases[i].key, cases[i].user, &is, NULL));
		g_assert_cmpint(is, ==, cases[i].is);
	}
	world_free(w);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/second-factor/RFC6238-codes", RFC6238_codes);
	g_test_add_func("/second-factor/codes-as-people-type-them", codes_as_people_type_them);
	test_store_add("/second-factor/turning-it-on", turning_it_on);
	test_store_add("/second-factor/a-key-not-confirmed-in-time", a_key_that_was_not_confirmed_in_time_is_not_shown);
	test_store_add("/second-factor/signing-in-takes-both", signing_in_takes_both);
	test_store_add("/second-factor/recovery-codes", recovery_codes);
	test_store_add("/second-factor/too-many-codes-lock-nobody-else-out", too_many_codes_lock_nobody_else_out);
	test_store_add("/second-factor/off-takes-password-and-code", turning_it_off_takes_password_and_code);
	test_store_add("/second-factor/an-administrator-turns-a-lost-one-off", an_administrator_turns_a_lost_one_off);
	test_store_add("/way-in/a-link-sets-a-forgotten-password-once", a_link_sets_a_forgotten_password_once);
	test_store_add("/way-in/a-link-lasts-a-day", a_link_lasts_a_day);
	test_store_add("/way-in/changing-ones-own-password", changing_ones_own_password);
	test_store_add("/way-in/sessions-are-ones-own-to-end", sessions_are_ones_own_to_end);
	test_store_add("/way-in/a-form-tells-whose-it-is", a_form_tells_whose_it_is);
	return g_test_run();
}
