/* auth.h: who somebody is: passwords and sessions for browsers, tokens for programs and the shell. None of it is an
 * act, except that what a person may do is asked anew by each act; what an administrator does to somebody else's way
 * in is one (way_in.c).
 *
 * A session's, a token's and a reset link's secret is random (256 bits, URL-safe base64); the database holds its
 * SHA-256 only. Wrong passwords and codes are counted by name and address together, so that nobody can lock another
 * person out from elsewhere. */
#pragma once

#include "acts/acts.h"

enum {
	SESSION_HOURS = 12,          /* from signing in */
	SESSION_IDLE_MINUTES = 60,   /* from the last page */
	SESSION_HALF_MINUTES = 10,   /* to type the code, once the password was right */
	SIGN_IN_TRIES = 10,          /* wrong passwords and codes for one name from one address … */
	SIGN_IN_WINDOW_MINUTES = 15, /* … within so long; others, and the same person elsewhere, are not locked out */
	RESET_HOURS = 24             /* that a link to set a new password lasts */
};

typedef struct {
	const char *user_name;
	const char *name;
	const char *form_key; /* stands in every form of this session (CSRF), and tells whose form it is */
	const char *hash;     /* what the session is known by */
	gboolean half;        /* the password was right; the code is still asked for, and nothing else is shown */
} Session;

/* Where somebody signs in from: they know their sessions apart by it. */
typedef struct {
	const char *address;
	const char *browser; /* as it calls itself */
} SignInFrom;

/* Checks name and password and begins a session; *ret_secret goes into the cookie. Where the person has a second factor
 * on, it is a half one. White space around the name does not count, nor do capitals in it. Refused, with the same
 * sentence for an unknown name and a wrong password; refused for a while after too many tries. Slow by intent. */
gboolean auth_sign_in(Acts *acts, Arena *mem, const char *user_name, const char *password, const SignInFrom *from,
	const char **ret_secret, Session **ret_session, GError **error) MUST_CHECK;
/* The second step: the app's code, or a recovery code, makes a whole session, with a new secret, of the half one.
 * Refused at "code" where it is wrong (counted with the wrong passwords), or where the half session has ended. */
gboolean auth_second_step(Acts *acts, Arena *mem, const Session *half, const char *code, const SignInFrom *from,
	const char **ret_secret, Session **ret_session, GError **error) MUST_CHECK;

/* The session of a cookie, whole or half; NULL (no error) where there is none, or it ended. Moves its idle end on (at
 * most once a minute). */
gboolean auth_session(Acts *acts, Arena *mem, const char *secret, Session **ret_session, GError **error) MUST_CHECK;
gboolean auth_sign_out(Acts *acts, Arena *mem, const char *secret, GError **error) MUST_CHECK;
/* Whether a form with this key was made for this person, in whatever session. */
gboolean auth_form_is_of(Acts *acts, Arena *mem, const char *form_key, const char *user_name, gboolean *ret_is,
	GError **error) MUST_CHECK;

typedef struct {
	const char *hash;
	Instant since, seen;
	const char *address, *browser;
} SessionView;

/* The person's whole sessions, the last used first. */
gboolean auth_sessions(Acts *acts, Arena *mem, const char *user_name, SessionView **ret_sessions, gsize *ret_n,
	GError **error) MUST_CHECK;
/* Ends one of the person's own; not found where they have none of that hash. */
gboolean auth_end_session(Acts *acts, Arena *mem, const char *user_name, const char *hash, GError **error) MUST_CHECK;
/* Ends all of them but this one. */
gboolean auth_end_other_sessions(Acts *acts, Arena *mem, const Session *session, GError **error) MUST_CHECK;

/* Makes sure once more of somebody who is signed in, before what matters: refused at `field` for a wrong password and,
 * where `code` is not NULL, at "code" for a wrong code (only where their second factor is on). Counted like signing in.
 */
gboolean auth_prove(Acts *acts, Arena *mem, const Session *session, const char *password, const char *field,
	const char *code, const char *address, GError **error) MUST_CHECK;
/* Sets a new password in the place of the old one, and ends the person's other sessions. Problems at "old_password" and
 * "new_password". */
gboolean auth_change_password(Acts *acts, Arena *mem, const Session *session, const char *old_password,
	const char *new_password, const char *address, GError **error) MUST_CHECK;

/* Whose link to set a new password this is; not found where it was used or replaced, is older than a day, or never
 * was. */
gboolean auth_reset(Acts *acts, Arena *mem, const char *secret, const char **ret_user_name, const char **ret_name,
	GError **error) MUST_CHECK;
/* Uses the link up: the password is set, the person's sessions end; a second factor stays as it is. Invalid at
 * "new_password", and then the link is good still. */
gboolean auth_reset_password(
	Acts *acts, Arena *mem, const char *secret, const char *new_password, GError **error) MUST_CHECK;

/* A secret for a session, a token or a link. */
const char *auth_new_secret(Arena *mem);
/* What the database keeps of it. */
const char *auth_secret_hash(Arena *mem, const char *secret);

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
/* Ends the person's sessions. Invalid for a password that is too short, too long or too easy to guess; not found. */
gboolean auth_set_password(
	Acts *acts, Arena *mem, const char *user_name, const char *password, GError **error) MUST_CHECK;
