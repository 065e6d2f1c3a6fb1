/* second_factor.h: the second factor of signing in: codes that an authenticator app makes from the time (TOTP, RFC
 * 6238: SHA-1, six digits, thirty seconds), and ten recovery codes for somebody whose phone is gone.
 *
 * It is a person's own to turn on and off, and no act; an administrator can turn it off for somebody who has lost both
 * (`reset-second-factor`), which is one. The app's secret stands in the database as it is, since codes are worked out
 * from it; of recovery codes there is the SHA-256 only (each holds 80 random bits). */
#pragma once

#include "acts/auth.h"

enum {
	SECOND_FACTOR_SECONDS = 30,       /* how long the app shows one code */
	SECOND_FACTOR_DRIFT = 1,          /* steps that its clock may be off by, either way */
	SECOND_FACTOR_BYTES = 20,         /* of the app's secret */
	SECOND_FACTOR_OFFER_MINUTES = 60, /* that a key may be confirmed */
	RECOVERY_CODES = 10
};

typedef struct {
	gboolean on;
	Instant since;      /* where it is on */
	gint64 codes_left;  /* recovery codes that were not used; where it is on */
	const char *secret; /* set up, but not confirmed yet: what to type into the app, in groups of four; else NULL */
	const char *otpauth; /* the same as the address that an app reads from a QR code */
} SecondFactor;

gboolean second_factor_view(
	Acts *acts, Arena *mem, const char *user_name, SecondFactor *ret_factor, GError **error) MUST_CHECK;

/* Makes a secret to be put into the app, within the hour; it is not asked for before a code confirmed it. One that was
 * offered before and not confirmed is no good any more. Conflict where it is on. */
gboolean second_factor_offer(Acts *acts, Arena *mem, const char *user_name, GError **error) MUST_CHECK;

/* Turns it on, ends the person's other sessions, and gives the ten recovery codes, which nobody can show again. Refused
 * at "code" where the code is not the app's. */
gboolean second_factor_confirm(Acts *acts, Arena *mem, const Session *session, const char *code,
	const char *const **ret_codes, GError **error) MUST_CHECK;

/* Ten new recovery codes; the old ones are no good any more. The caller has made sure of the person (auth_prove). */
gboolean second_factor_new_codes(
	Acts *acts, Arena *mem, const char *user_name, const char *const **ret_codes, GError **error) MUST_CHECK;
/* Turns it off. The caller has made sure of the person (auth_prove). */
gboolean second_factor_end(Acts *acts, Arena *mem, const char *user_name, GError **error) MUST_CHECK;

/* The step at which this code is the secret's, near `now` and later than last_step; -1 where there is none. */
gint64 second_factor_step(const guint8 *secret, gsize length, const char *code, Instant now, gint64 last_step);
