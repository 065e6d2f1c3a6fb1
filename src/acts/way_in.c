/* way_in.c: what an administrator does to somebody else's way in: a link to set a forgotten password, and the end of a
 * second factor that is lost. Signing in itself is auth.c's. */
#include "acts/families.h"

#include "acts/auth.h"

#include <string.h>

enum { LINK_SIGNS = 43 /* 256 bits in base64 */ };

/* Nobody does it for themselves: a session that somebody else got hold of would be enough to keep it. */
static gboolean somebody_else(
	ActRun *run, const char *user_name, const char *instead, StaffRow **ret_staff, GError **error)
{
	StaffRow *row = NULL;

	if (g_str_equal(user_name, run->actor->user_name))
		return refuse_at(error, NULL, "user_name", "%s", instead);
	if (!sql_staff_by_user(run->tx, run->mem, user_name, &row, error))
		return FALSE;
	if (row == NULL || row->ended_at != INSTANT_NONE)
		return invalid(error, "user_name", "There is no member of staff '%s', or they have left.", user_name);
	*ret_staff = row;
	return TRUE;
}

typedef struct {
	const char *user_name, *secret, *reason;
} ResetPassword;

static gboolean reset_password(ActRun *run, const void *input, GError **error)
{
	const ResetPassword *in = input;
	const gint64 lasts = (gint64)RESET_HOURS * 60 * USEC_PER_MINUTE;
	/* Sessions and links keep real time, whatever a demonstration pretends. */
	const PasswordResetRow row = {.hash = auth_secret_hash(run->mem, in->secret),
		.user_name = in->user_name,
		.made_by = run->actor->user_name,
		.ends_at = when_now() + lasts,
		.used_at = INSTANT_NONE};
	StaffRow *staff = NULL;
	gint64 dropped;

	if (strlen(in->secret) != LINK_SIGNS ||
		strspn(in->secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != LINK_SIGNS)
		return invalid(error, "secret", "Give 32 random bytes as URL-safe base64: %d letters, digits, - and _.",
			LINK_SIGNS);
	if (!somebody_else(run, in->user_name, "Change your own password on your account's page.", &staff, error))
		return FALSE;
	run->id = in->user_name;
	run->summary = arena_printf(run->mem, "Link to set a new password made for %s", staff->name);
	return sql_password_resets_drop(run->tx, in->user_name, &dropped, error) &&
	       sql_password_reset_add(run->tx, &row, error);
}

const Act act_reset_password = {
	.name = "reset-password",
	.title = "Make a link to set a new password",
	.summary = "For somebody who forgot theirs: the link /reset/SECRET opens once, within a day. The secret is "
		   "whoever "
		   "asks' to make and to hand over; it enters neither record nor database.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD(ResetPassword, user_name, LINE, .required = TRUE, .help = "who forgot their password"),
			FIELD(ResetPassword, reason, LINE, .privacy = FIELD_PERSONAL,
				.help = "how it is known that it is they who ask"),
			FIELD(ResetPassword, secret, LINE, .required = TRUE, .privacy = FIELD_SECRET,
				.help = "32 random bytes as URL-safe base64, which the link holds"),
			FIELDS_END,
		},
	.input_size = sizeof(ResetPassword),
	.perform = reset_password,
};

typedef struct {
	const char *user_name, *reason;
} ResetSecondFactor;

static gboolean reset_second_factor(ActRun *run, const void *input, GError **error)
{
	const ResetSecondFactor *in = input;
	SecondFactorRow *factor = NULL;
	StaffRow *staff = NULL;
	gint64 dropped;

	if (!somebody_else(run, in->user_name,
		    "Turn your own second factor off on your account's page. Without phone and recovery codes, ask "
		    "another "
		    "administrator.",
		    &staff, error) ||
		!sql_second_factor_by_user(run->tx, run->mem, in->user_name, &factor, error))
		return FALSE;
	if (factor == NULL || factor->confirmed_at == INSTANT_NONE)
		return conflict(
			error, "%s has no second factor on. They can sign in with their password alone.", staff->name);
	run->id = in->user_name;
	run->summary = arena_printf(run->mem, "Second factor turned off for %s", staff->name);
	return sql_second_factor_drop(run->tx, in->user_name, &dropped, error) &&
	       sql_recovery_codes_drop(run->tx, in->user_name, &dropped, error) &&
	       sql_sessions_end_of(run->tx, in->user_name, NULL, &dropped, error);
}

const Act act_reset_second_factor = {
	.name = "reset-second-factor",
	.title = "Turn off a lost second factor",
	.summary =
		"For somebody who lost both phone and recovery codes: from now on their password alone signs them in, "
		"until they set up a new one. Their sessions end.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD(ResetSecondFactor, user_name, LINE, .required = TRUE, .help = "who lost it"),
			FIELD(ResetSecondFactor, reason, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "how it is known that it is they who ask"),
			FIELDS_END,
		},
	.input_size = sizeof(ResetSecondFactor),
	.perform = reset_second_factor,
};
