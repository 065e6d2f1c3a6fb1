/* organisation.c: the set-up acts: functions, staff and their roles, who stands in, doors, and the policy pack. */
#include "acts/families.h"

#include "acts/passwords.h"
#include "base/identifier.h"

/* A key that people type and programs use: lower case letters, digits, hyphens (and dots in user names). */
static gboolean check_slug(const char *slug, const char *field, gboolean dots, GError **error)
{
	gboolean good = g_ascii_islower(slug[0]);

	for (const char *c = slug; good && *c != '\0'; c++)
		good = g_ascii_islower(*c) || g_ascii_isdigit(*c) || *c == '-' || (dots && *c == '.');
	return good ||
	       invalid(error, field,
		       "'%s' cannot be used here. Use lower-case letters, digits and hyphens, beginning with a letter.",
		       slug);
}

static gboolean known_function(ActRun *run, const char *slug, const char *field, GError **error)
{
	FunctionRow *row = NULL;

	if (slug == NULL)
		return TRUE;
	if (!sql_function_by_slug(run->tx, run->mem, slug, &row, error))
		return FALSE;
	return row != NULL ||
	       invalid(error, field, "There is no function '%s'. 'evenhand list functions' shows them.", slug);
}

static gboolean known_staff(ActRun *run, const char *user_name, const char *field, StaffRow **ret_staff, GError **error)
{
	StaffRow *row = NULL;

	if (!sql_staff_by_user(run->tx, run->mem, user_name, &row, error))
		return FALSE;
	if (row == NULL || row->ended_at != INSTANT_NONE)
		return invalid(error, field, "There is no member of staff '%s', or they have left.", user_name);
	*ret_staff = row;
	return TRUE;
}

typedef struct {
	const char *slug, *title;
} AddFunction;

static gboolean add_function(ActRun *run, const void *input, GError **error)
{
	const AddFunction *in = input;
	const FunctionRow row = {.slug = in->slug, .title = in->title, .created_at = run->now};
	FunctionRow *known = NULL;

	if (!check_slug(in->slug, "slug", FALSE, error) ||
		!sql_function_by_slug(run->tx, run->mem, in->slug, &known, error))
		return FALSE;
	if (known != NULL)
		return conflict(error, "There is a function '%s' already: %s.", known->slug, known->title);
	run->id = run->function = in->slug;
	run->summary = arena_printf(run->mem, "Function added: %s", in->title);
	return sql_function_add(run->tx, &row, error);
}

const Act act_add_function = {
	.name = "add-function",
	.title = "Add a function",
	.summary = "Adds a department with its own head of function.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD(AddFunction, slug, LINE, .required = TRUE, .max = 40,
				.help = "its key, such as 'casework'"),
			FIELD(AddFunction, title, LINE, .required = TRUE, .help = "its name, such as 'Casework'"),
			FIELDS_END,
		},
	.input_size = sizeof(AddFunction),
	.perform = add_function,
};

typedef struct {
	const char *user_name, *name, *email, *password;
} AddStaff;

static gboolean add_staff(ActRun *run, const void *input, GError **error)
{
	const AddStaff *in = input;
	StaffRow row = {.user_name = in->user_name,
		.name = in->name,
		.folded = name_fold(run->mem, in->name),
		.created_at = run->now,
		.ended_at = INSTANT_NONE};
	StaffRow *known = NULL;
	char *email;

	if (!check_slug(in->user_name, "user_name", TRUE, error) ||
		!sql_staff_by_user(run->tx, run->mem, in->user_name, &known, error))
		return FALSE;
	if (known != NULL)
		return conflict(error, "The user name '%s' is taken, by %s.", known->user_name, known->name);
	if (in->email != NULL) {
		if (!identifier_normalise(IDENTIFIER_EMAIL, in->email, NULL, "email", run->mem, &email, error))
			return FALSE;
		row.email = email;
	}
	if (in->password != NULL &&
		!password_hash(in->password, in->user_name, "password", run->mem, &row.password, error))
		return FALSE;
	run->id = in->user_name;
	run->summary = arena_printf(run->mem, "Member of staff added: %s", in->name);
	return sql_staff_add(run->tx, &row, error);
}

const Act act_add_staff = {
	.name = "add-staff",
	.title = "Add a member of staff",
	.summary = "Adds a person who can sign in; roles are granted apart.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD(AddStaff, user_name, LINE, .required = TRUE, .max = 40, .help = "what they sign in with"),
			FIELD(AddStaff, name, LINE, .required = TRUE, .privacy = FIELD_PERSONAL,
				.help = "their name as letters show it"),
			FIELD(AddStaff, email, LINE, .privacy = FIELD_PERSONAL, .help = "where notes about work go"),
			FIELD(AddStaff, password, LINE, .privacy = FIELD_SECRET, .help = "their first password"),
			FIELDS_END,
		},
	.input_size = sizeof(AddStaff),
	.perform = add_staff,
};

/* Somebody must be able to grant roles: whoever is the only administrator stays it until another is named. */
static gboolean another_administrator(ActRun *run, const char *user_name, GError **error)
{
	GrantRow *grants;
	gboolean is_one = FALSE, another = FALSE;
	gsize n;

	if (!sql_grants_of_role(run->tx, run->mem, role_name(ROLE_ADMINISTRATOR), NULL, &grants, &n, error))
		return FALSE;
	for (gsize i = 0; i < n; i++) {
		is_one |= g_str_equal(grants[i].user_name, user_name);
		another |= !g_str_equal(grants[i].user_name, user_name);
	}
	return !is_one || another ||
	       refuse_at(error, NULL, "user_name",
		       "%s is the only administrator. Grant the role to another person first.", user_name);
}

typedef struct {
	const char *user_name;
} EndStaff;

static gboolean end_staff(ActRun *run, const void *input, GError **error)
{
	const EndStaff *in = input;
	StaffRow *staff;
	gint64 changed;

	if (!known_staff(run, in->user_name, "user_name", &staff, error) ||
		!another_administrator(run, in->user_name, error))
		return FALSE;
	run->id = in->user_name;
	run->summary = arena_printf(run->mem, "Left: %s", staff->name);
	return sql_staff_end(run->tx, in->user_name, run->now, &changed, error);
}

const Act act_end_staff = {
	.name = "end-staff",
	.title = "End a member of staff's access",
	.summary = "From now on the person cannot sign in or act; what they did stays.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields =
		(const Field[]){
			FIELD(EndStaff, user_name, LINE, .required = TRUE, .help = "who leaves"),
			FIELDS_END,
		},
	.input_size = sizeof(EndStaff),
	.perform = end_staff,
};

typedef struct {
	const char *user_name, *role, *function;
} GrantRole;

#define ROLE_CHOICES                                                                                                   \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		"staff", "manager", "head-of-function", "complaints-officer", "records-officer", "auditor",            \
			"administrator", NULL                                                                          \
	}

static const Field role_fields[] = {
	FIELD(GrantRole, user_name, LINE, .required = TRUE, .help = "whose role"),
	{.name = "role",
		.type = FIELD_CHOICE,
		.offset = G_STRUCT_OFFSET(GrantRole, role),
		.required = TRUE,
		.choices = ROLE_CHOICES,
		.help = "the role"},
	FIELD(GrantRole, function, LINE, .help = "in which function; the whole organisation where it is left out"),
	FIELDS_END,
};

static gboolean grant_role(ActRun *run, const void *input, GError **error)
{
	const GrantRole *in = input;
	const GrantRow row = {.number = run->number,
		.user_name = in->user_name,
		.role = in->role,
		.function = in->function,
		.granted_at = run->now,
		.granted_by = run->actor->user_name,
		.ended_at = INSTANT_NONE};
	GrantRow *grants;
	StaffRow *staff;
	Role role;
	gsize n;

	if (g_str_equal(in->user_name, run->actor->user_name))
		return refuse_at(
			error, "G1", "user_name", "Nobody grants a role to themselves. Ask another administrator.");
	if (!known_staff(run, in->user_name, "user_name", &staff, error) ||
		!known_function(run, in->function, "function", error) ||
		!sql_grants_of(run->tx, run->mem, in->user_name, &grants, &n, error))
		return FALSE;
	role_parse(in->role, &role);
	if (role == ROLE_HEAD_OF_FUNCTION && in->function == NULL)
		return refuse_at(error, "A2", "function", "A head of function heads one function: say which.");
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(grants[i].role, in->role) && g_strcmp0(grants[i].function, in->function) == 0)
			return conflict(error, "%s holds that role already.", staff->name);
	if (role == ROLE_HEAD_OF_FUNCTION) {
		if (!sql_grants_of_role(run->tx, run->mem, in->role, in->function, &grants, &n, error))
			return FALSE;
		for (gsize i = 0; i < n; i++)
			if (g_strcmp0(grants[i].function, in->function) == 0)
				return refuse_at(error, "A1", "user_name",
					"A function has one head: it is %s. Revoke that role first, or name a deputy "
					"or stand-in.",
					grants[i].user_name);
	}
	run->id = in->user_name;
	run->function = in->function;
	run->summary = arena_printf(run->mem, "%s is %s%s%s", staff->name, role_title(role),
		in->function != NULL ? " of " : "", in->function != NULL ? in->function : "");
	return sql_grant_add(run->tx, &row, error);
}

const Act act_grant_role = {
	.name = "grant-role",
	.title = "Grant a role",
	.summary = "Gives a person a role, in one function or in the whole organisation. Nobody grants a role to "
		   "themselves.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields = role_fields,
	.input_size = sizeof(GrantRole),
	.perform = grant_role,
};

static gboolean revoke_role(ActRun *run, const void *input, GError **error)
{
	const GrantRole *in = input;
	gint64 changed;

	if (g_str_equal(in->role, role_name(ROLE_ADMINISTRATOR)) && !another_administrator(run, in->user_name, error))
		return FALSE;
	if (!sql_grant_end(run->tx, in->user_name, in->role, in->function, run->now, &changed, error))
		return FALSE;
	if (changed == 0)
		return not_found(error, "%s does not hold that role there.", in->user_name);
	run->id = in->user_name;
	run->function = in->function;
	run->summary = arena_printf(run->mem, "%s is no longer %s", in->user_name, in->role);
	return TRUE;
}

const Act act_revoke_role = {
	.name = "revoke-role",
	.title = "Revoke a role",
	.summary = "Takes a role from a person.",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.no_pack = TRUE,
	.fields = role_fields,
	.input_size = sizeof(GrantRole),
	.perform = revoke_role,
};

typedef struct {
	const char *function, *user_name, *capacity, *reason;
	Day from_on, until_on;
} NameSubstitute;

/* A1: a deputy, where the pack allows one; A2: another head of function as stand-in. */
static gboolean name_substitute(ActRun *run, const void *input, GError **error)
{
	const NameSubstitute *in = input;
	const SubstituteRow row = {.number = run->number,
		.function = in->function,
		.user_name = in->user_name,
		.capacity = in->capacity,
		.from_on = in->from_on,
		.until_on = in->until_on,
		.reason = in->reason,
		.ended_at = INSTANT_NONE};
	gboolean deputy = g_str_equal(in->capacity, "deputy");
	gboolean head_elsewhere = FALSE;
	StaffRow *staff;
	Actor *named;

	if (!known_function(run, in->function, "function", error) ||
		!known_staff(run, in->user_name, "user_name", &staff, error) ||
		!actor_load(run->tx, run->mem, in->user_name, run->now, run->today, &named, error))
		return FALSE;
	if (!actor_has(run->actor, ROLE_HEAD_OF_FUNCTION, in->function) &&
		!actor_has(run->actor, ROLE_ADMINISTRATOR, NULL))
		return refuse(error, "A2",
			"Only the head of that function or the administrator names who acts for the head.");
	if (g_str_equal(in->user_name, run->actor->user_name))
		return refuse_at(error, "A2", "user_name", "Nobody names themselves to act for a head of function.");
	if (in->until_on < in->from_on)
		return invalid(error, "until_on",
			"The period ends before it begins. Give the last day, not before the first.");
	if (deputy && !run->policy->authorisation.deputy)
		return refuse_at(error, "A1", "capacity",
			"This organisation's policy knows no deputies: name another head of function as stand-in.");
	for (gsize i = 0; i < named->n_roles; i++)
		head_elsewhere |= named->roles[i].role == ROLE_HEAD_OF_FUNCTION &&
				  g_strcmp0(named->roles[i].function, in->function) != 0;
	if (!deputy && !head_elsewhere)
		return refuse_at(error, "A2", "user_name", "A stand-in is the head of another function; %s is not.",
			staff->name);
	run->id = in->user_name;
	run->function = in->function;
	run->summary = arena_printf(run->mem, "%s named as %s", staff->name, in->capacity);
	return sql_substitute_add(run->tx, &row, error);
}

const Act act_name_substitute = {
	.name = "name-substitute",
	.title = "Name a deputy or stand-in",
	.summary = "Says who may authorise for a head of function, from one day to another.",
	.by = BY(ADMINISTRATOR) | BY(HEAD_OF_FUNCTION),
	.fields =
		(const Field[]){
			FIELD(NameSubstitute, function, LINE, .required = TRUE, .help = "the function"),
			FIELD(NameSubstitute, user_name, LINE, .required = TRUE, .help = "who stands in"),
			{.name = "capacity",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(NameSubstitute, capacity),
				.required = TRUE,
				.choices = (const char *const[]){"deputy", "stand-in", NULL},
				.help = "deputy, or stand-in (the head of another function)"},
			FIELD(NameSubstitute, from_on, DAY, .required = TRUE, .help = "the first day"),
			FIELD(NameSubstitute, until_on, DAY, .required = TRUE, .help = "the last day"),
			FIELD(NameSubstitute, reason, TEXT, .required = TRUE, .help = "away, or in conflict, and why"),
			FIELDS_END,
		},
	.input_size = sizeof(NameSubstitute),
	.perform = name_substitute,
};

typedef struct {
	const char *address, *kind, *title, *function, *matter, *user_name;
	const char *const *protects;
} AddDoor;

static gboolean add_door(ActRun *run, const void *input, GError **error)
{
	const AddDoor *in = input;
	DoorRow row = {.kind = in->kind,
		.title = in->title,
		.function = in->function,
		.matter = in->matter,
		.user_name = in->user_name,
		.ended_at = INSTANT_NONE};
	MatterRow *matter = NULL;
	DoorRow *known = NULL;
	StaffRow *staff;
	char *address;

	if (g_str_equal(in->kind, "mailbox")) {
		if (!identifier_normalise(IDENTIFIER_EMAIL, in->address, NULL, "address", run->mem, &address, error))
			return FALSE;
	} else {
		address = arena_own(run->mem, g_ascii_strdown(in->address, -1), g_free);
	}
	row.address = address;
	for (gsize i = 0; in->protects[i] != NULL; i++)
		if (policy_purpose(run->policy, in->protects[i]) == NULL)
			return invalid(
				error, "protects", "The policy knows no protected purpose '%s'.", in->protects[i]);
	if (in->protects[0] != NULL)
		row.protects = arena_own(run->mem, g_strjoinv(" ", (char **)in->protects), g_free);
	if (!known_function(run, in->function, "function", error) ||
		(in->user_name != NULL && !known_staff(run, in->user_name, "user_name", &staff, error)) ||
		(in->matter != NULL && !sql_matter_by_ref(run->tx, run->mem, in->matter, &matter, error)) ||
		!sql_door_by_address(run->tx, run->mem, address, &known, error))
		return FALSE;
	if (in->matter != NULL && matter == NULL)
		return not_found(error, "There is no matter %s.", in->matter);
	if (known != NULL)
		return conflict(error, "%s is known already: %s.", address, known->title);
	run->id = address;
	run->function = in->function;
	run->summary = arena_printf(run->mem, "%s added: %s", in->kind, in->title);
	return sql_door_add(run->tx, &row, error);
}

const Act act_add_door = {
	.name = "add-door",
	.title = "Add a mailbox, extension or desk",
	.summary = "Says where contacts arrive and to which function that place belongs; or, marked with what it "
		   "protects, "
		   "that it stays open for that purpose (G5).",
	.by = BY(ADMINISTRATOR),
	.machine = TRUE,
	.fields =
		(const Field[]){
			FIELD(AddDoor, address, LINE, .required = TRUE,
				.help = "e-mail address, extension number, or the desk's key"),
			{.name = "kind",
				.type = FIELD_CHOICE,
				.offset = G_STRUCT_OFFSET(AddDoor, kind),
				.required = TRUE,
				.choices = (const char *const[]){"mailbox", "extension", "desk", NULL},
				.help = "mailbox, extension or desk"},
			FIELD(AddDoor, title, LINE, .required = TRUE, .help = "its name, as staff and letters say it"),
			FIELD(AddDoor, function, LINE, .help = "its function; the organisation's where it is left out"),
			FIELD(AddDoor, matter, LINE, .help = "the one matter that it is for"),
			FIELD(AddDoor, user_name, LINE, .help = "whose own line it is"),
			FIELD(AddDoor, protects, LINES, .help = "the protected purposes that it stays open for"),
			FIELDS_END,
		},
	.input_size = sizeof(AddDoor),
	.perform = add_door,
};
