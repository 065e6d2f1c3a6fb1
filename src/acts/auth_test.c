/* auth_test.c: who somebody is: passwords, the lock that shuts nobody else out, sessions and tokens, and their ends. */
#include "acts/acts_testing.h"
#include "acts/auth.h"
#include "acts/passwords.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define REFUSED EVENHAND_ERROR_REFUSED

static const char PASSWORD[] = "correct horse battery";

static World *office(TestStore *t)
{
	World *w = world_new(t);
	g_autoptr(GError) error = NULL;

	g_assert_true(auth_set_password(w->acts, w->mem, "sam", PASSWORD, &error));
	g_assert_true(auth_set_password(w->acts, w->mem, "mira", PASSWORD, &error));
	return w;
}

static gboolean sign_in(
	World *w, const char *user, const char *password, const char *address, const char **ret_secret, GError **error)
{
	const SignInFrom from = {.address = address, .browser = "Firefox"};
	Session *session;

	if (!auth_sign_in(w->acts, w->mem, user, password, &from, ret_secret, &session, error))
		return FALSE;
	g_assert_cmpstr(session->user_name, ==, user);
	g_assert_cmpuint(strlen(session->form_key), ==, 43);
	return TRUE;
}

static gboolean is_in(World *w, const char *secret)
{
	Session *session;

	g_assert_true(auth_session(w->acts, w->mem, secret, &session, NULL));
	return session != NULL;
}

static void sessions(TestStore *t)
{
	World *w = office(t);
	const char *one, *two, *other;

	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &one, NULL));
	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &two, NULL));
	g_assert_true(sign_in(w, "mira", PASSWORD, "10.0.0.1", &other, NULL));
	g_assert_cmpuint(strlen(one), ==, 43); /* 256 bits */
	g_assert_cmpstr(one, !=, two);
	g_assert_true(is_in(w, one));
	g_assert_false(is_in(w, "nonsense"));
	g_assert_false(is_in(w, ""));
	g_assert_true(auth_sign_out(w->acts, w->mem, one, NULL));
	g_assert_false(is_in(w, one));
	g_assert_true(is_in(w, two));
	/* A new password ends the person's sessions, and nobody else's. */
	g_assert_true(auth_set_password(w->acts, w->mem, "sam", "another good one", NULL));
	g_assert_false(is_in(w, two));
	g_assert_true(is_in(w, other));
	done(w, "adam", "end-staff", "{'user_name': 'mira'}");
	g_assert_false(is_in(w, other));
	world_free(w);
}

/* Twelve hours after signing in, or an hour after the last page. */
static void sessions_end_by_themselves(TestStore *t)
{
	World *w = office(t);
	g_autofree char *sql = NULL;
	const char *idle, *old, *fresh;

	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &idle, NULL));
	g_assert_true(is_in(w, idle));
	sql = g_strdup_printf("UPDATE session SET seen_at = seen_at - %" G_GINT64_FORMAT, 61 * USEC_PER_MINUTE);
	g_assert_true(test_store_try(t, sql));
	g_assert_false(is_in(w, idle));
	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &old, NULL)); /* drops the one that ended */
	g_free(sql);
	sql = g_strdup_printf("UPDATE session SET ends_at = ends_at - %" G_GINT64_FORMAT, 12 * 60 * USEC_PER_MINUTE);
	g_assert_true(test_store_try(t, sql));
	g_assert_false(is_in(w, old));
	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &fresh, NULL));
	g_assert_true(is_in(w, fresh));
	/* Only one is left: what has ended was taken out. */
	g_assert_true(test_store_try(t, "UPDATE session SET hash = 'one'"));
	world_free(w);
}

static void assert_wrong(World *w, const char *user, const char *password, const char *address)
{
	g_autoptr(GError) error = NULL;
	const char *secret;

	g_assert_false(sign_in(w, user, password, address, &secret, &error));
	g_assert_error(error, EVENHAND_ERROR, REFUSED);
	/* The same sentence, whatever is wrong: nobody learns which names exist. */
	g_assert_nonnull(strstr(error->message, "The user name or the password is not right."));
}

static void who_does_not_come_in(TestStore *t)
{
	World *w = office(t);
	g_autofree char *endless = g_strnfill(10000, 'x');

	assert_wrong(w, "sam", "wrong password!", "10.0.0.1");
	assert_wrong(w, "sam", "", "10.0.0.1");
	assert_wrong(w, "sam", endless, "10.0.0.1");
	assert_wrong(w, "nobody", PASSWORD, "10.0.0.1");
	assert_wrong(w, "ada", PASSWORD, "10.0.0.1"); /* has no password yet */
	done(w, "adam", "end-staff", "{'user_name': 'sam'}");
	assert_wrong(w, "sam", PASSWORD, "10.0.0.1");
	world_free(w);
}

static void too_many_tries_lock_nobody_else_out(TestStore *t)
{
	World *w = office(t);
	g_autoptr(GError) error = NULL;
	g_autofree char *sql = NULL;
	const char *secret;

	for (int i = 0; i < SIGN_IN_TRIES; i++)
		assert_wrong(w, "sam", "wrong password!", "10.0.0.66");
	g_assert_false(sign_in(w, "sam", PASSWORD, "10.0.0.66", &secret, &error));
	g_assert_nonnull(strstr(error->message, "too many tries"));
	g_clear_error(&error);
	/* The person themselves, from their own desk, and others from there. */
	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.1", &secret, &error));
	g_assert_true(sign_in(w, "mira", PASSWORD, "10.0.0.66", &secret, &error));
	/* It passes. */
	sql = g_strdup_printf("UPDATE sign_in_failure SET at = at - %" G_GINT64_FORMAT,
		(SIGN_IN_WINDOW_MINUTES + 1) * USEC_PER_MINUTE);
	g_assert_true(test_store_try(t, sql));
	g_assert_true(sign_in(w, "sam", PASSWORD, "10.0.0.66", &secret, &error));
	world_free(w);
}

static void tokens(TestStore *t)
{
	World *w = office(t);
	g_autoptr(GError) error = NULL;
	const char *own, *gate;
	TokenHolder *holder;

	g_assert_true(auth_token_new(w->acts, w->mem, "sam", "shell", &own, NULL));
	g_assert_true(auth_token_new(w->acts, w->mem, NULL, "gate", &gate, NULL));
	g_assert_true(auth_token(w->acts, w->mem, own, &holder, NULL));
	g_assert_cmpstr(holder->user_name, ==, "sam");
	g_assert_true(auth_token(w->acts, w->mem, gate, &holder, NULL));
	g_assert_null(holder->user_name);
	g_assert_false(auth_token(w->acts, w->mem, "nonsense", &holder, &error));
	g_assert_error(error, EVENHAND_ERROR, REFUSED);
	g_clear_error(&error);
	g_assert_false(auth_token_new(w->acts, w->mem, "nobody", "shell", &own, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(auth_token_end(w->acts, w->mem, "mira", "shell", &error)); /* not hers */
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_true(auth_token_end(w->acts, w->mem, NULL, "gate", NULL));
	g_assert_false(auth_token(w->acts, w->mem, gate, &holder, NULL));
	g_assert_true(auth_token_new(w->acts, w->mem, "sam", "laptop", &own, NULL));
	g_assert_true(auth_token_end(w->acts, w->mem, "sam", "shell", NULL));
	g_assert_true(auth_token(w->acts, w->mem, own, &holder, NULL));
	done(w, "adam", "end-staff", "{'user_name': 'sam'}");
	g_assert_false(auth_token(w->acts, w->mem, own, &holder, NULL));
	world_free(w);
}

static void setting_a_password(TestStore *t)
{
	World *w = office(t);
	g_autofree char *longer = g_strnfill(PASSWORD_MAX + 1, 'x');
	static const char *const SHORT[] = {"", "eleven char", "eleven char     \n"};
	static const char *const GUESSED[] = {"aaaaaaaaaaaaaaaa", "abababababab", "123456789012", "abcdefghijklmnop",
		"Password-2026!!", "p4ssw0rdp4ssw0rd", "samsamsamsam", "SamSamSam2026", "administrator1"};
	static const char *const GOOD[] = {
		"correct horse battery", "4711-0815-0602-99", "zwölf schöne äpfel", "samovar and a kettle"};
	g_autoptr(GError) error = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(SHORT); i++) {
		g_assert_false(auth_set_password(w->acts, w->mem, "sam", SHORT[i], &error));
		g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_INVALID);
		g_clear_error(&error);
	}
	g_assert_false(auth_set_password(w->acts, w->mem, "sam", longer, &error));
	g_assert_cmpstr(evenhand_error_field(error), ==, "password");
	g_clear_error(&error);
	for (gsize i = 0; i < G_N_ELEMENTS(GUESSED); i++) {
		g_assert_false(auth_set_password(w->acts, w->mem, "sam", GUESSED[i], &error));
		g_assert_nonnull(strstr(error->message, "first that are guessed"));
		g_clear_error(&error);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(GOOD); i++)
		g_assert_true(auth_set_password(w->acts, w->mem, "sam", GOOD[i], NULL));
	g_assert_false(auth_set_password(w->acts, w->mem, "nobody", PASSWORD, &error));
	g_assert_error(error, EVENHAND_ERROR, EVENHAND_ERROR_NOT_FOUND);
	g_assert_cmpstr(auth_random_password(w->mem), !=, auth_random_password(w->mem));
	g_assert_cmpuint(strlen(auth_random_password(w->mem)), ==, 23);
	world_free(w);
}

static gint64 quickest_of_three(const char *stored)
{
	gint64 quickest = G_MAXINT64;

	for (int i = 0; i < 3; i++) {
		const gint64 start = g_get_monotonic_time();

		g_assert_false(password_verify(stored, "wrong password!"));
		quickest = MIN(quickest, g_get_monotonic_time() - start);
	}
	return quickest;
}

static void no_password_takes_as_long_as_a_wrong_one(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	const char *stored;

	g_assert_true(password_hash(PASSWORD, "sam", "password", mem, &stored, NULL));
	g_assert_true(password_verify(stored, PASSWORD));
	/* As it is meant, and not as it arrives. */
	g_assert_true(password_verify(stored, "  correct horse battery\r\n"));
	g_assert_false(password_verify(stored, "correct  horse battery"));
	g_assert_true(password_same("zwo\xcc\x88lf", "zw\xc3\xb6lf\n"));
	g_assert_true(g_str_has_prefix(stored, "$argon2id$"));
	g_assert_cmpint(quickest_of_three(NULL) * 3, >, quickest_of_three(stored));
}

static void *verify(void *stored)
{
	g_assert_true(password_verify(stored, PASSWORD));
	return NULL;
}

static void a_crowd_takes_turns(void)
{
	g_autoptr(Arena) mem = arena_new(ARENA_REQUEST_MAX);
	pthread_t crowd[6];
	const char *stored;

	g_assert_true(password_hash(PASSWORD, "sam", "password", mem, &stored, NULL));
	for (gsize i = 0; i < G_N_ELEMENTS(crowd); i++)
		g_assert_cmpint(pthread_create(&crowd[i], NULL, verify, (void *)stored), ==, 0);
	for (gsize i = 0; i < G_N_ELEMENTS(crowd); i++)
		pthread_join(crowd[i], NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	test_store_add("/auth/sessions", sessions);
	test_store_add("/auth/sessions-end-by-themselves", sessions_end_by_themselves);
	test_store_add("/auth/who-does-not-come-in", who_does_not_come_in);
	test_store_add("/auth/too-many-tries-lock-nobody-else-out", too_many_tries_lock_nobody_else_out);
	test_store_add("/auth/tokens", tokens);
	test_store_add("/auth/setting-a-password", setting_a_password);
	g_test_add_func("/auth/no-password-takes-as-long-as-a-wrong-one", no_password_takes_as_long_as_a_wrong_one);
	g_test_add_func("/auth/a-crowd-takes-turns", a_crowd_takes_turns);
	return g_test_run();
}
