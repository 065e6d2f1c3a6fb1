/* auth.h: who somebody is: passwords and sessions for browsers, tokens for programs and the shell. None of it is an
 * act, except that what a person may do is asked anew by each act.
 *
 * A session's and a token's secret is random (256 bits, URL-safe base64); the database holds its SHA-256 only. */
#pragma once

#include "acts/acts.h"

enum {
	SESSION_HOURS = 12,         /* from signing in */
	SESSION_IDLE_MINUTES = 60,  /* from the last page */
	SIGN_IN_TRIES = 10,         /* wrong passwords for one name from one address … */
	SIGN_IN_WINDOW_MINUTES = 15 /* … within so long; others, and the same person elsewhere, are not locked out */
};

typedef struct {
	const char *user_name;
	const char *name;
	const char *form_key; /* stands in every form of this session (CSRF) */
} Session;

/* Checks name and password and begins a session; *ret_secret goes into the cookie. Refused, with the same sentence
 * for an unknown name and a wrong password; refused for a while after too many tries. Slow by intent. address: where
 * the request came from. */
gboolean auth_sign_in(Acts *acts, Arena *mem, const char *user_name, const char *password, const char *address,
	const char **ret_secret, Session **ret_session, GError **error) MUST_CHECK;

/* The session of a cookie; NULL (no error) where there is none, or it ended. Moves its idle end on (at most once a
 * minute). */
gboolean auth_session(Acts *acts, Arena *mem, const char *secret, Session **ret_session, GError **error) MUST_CHECK;
gboolean auth_sign_out(Acts *acts, Arena *mem, const char *secret, GError **error) MUST_CHECK;

typedef struct {
	const char *user_name; /* NULL: a gate's token, which may only ask */
	const char *title;
} TokenHolder;

/* Makes a token; *ret_secret is shown once. user_name NULL: a gate's. */
gboolean auth_token_new(Acts *acts, Arena *mem, const char *user_name, const char *title, const char **ret_secret,
	GError **error) MUST_CHECK;
/* Ends all tokens of that title; user_name NULL: a gate's. Not found where there is none. */
gboolean auth_token_end(Acts *acts, Arena *mem, const char *user_name, const char *title, GError **error) MUST_CHECK;
/* Whose token it is; refused where it is none. */
gboolean auth_token(Acts *acts, Arena *mem, const char *secret, TokenHolder **ret_holder, GError **error) MUST_CHECK;

/* A random password that can be typed: four groups of five letters and digits. */
char *auth_random_password(Arena *mem);
/* Ends the person's sessions. Invalid for a password that is too short or too long; not found. */
gboolean auth_set_password(
	Acts *acts, Arena *mem, const char *user_name, const char *password, GError **error) MUST_CHECK;
