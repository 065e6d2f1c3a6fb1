/* report.h: the behaviour report, which two acts make: report-behaviour by itself, and end-call in the same step as the
 * ended call (S3, S4). Nobody outside this folder includes it. */
#pragma once

#include "acts/run.h"

/* Saves the report and joins or opens its casefile (run->casefile, version, function, customer, matters and summary are
 * set). Who, on which channel and in which contact must stand in the input; a heading may be left out where its example
 * says it. Refuses as casefile_check_report does. The reference of the report is *ret_ref. */
gboolean report_save(ActRun *run, const ReportInput *given, const char **ret_ref, GError **error) MUST_CHECK;

/* The fields of a report that are the same in both acts; `base`: where the ReportInput lies in the act's struct. */
#define REPORT_FIELD(base, member, kind, ...)                                                                          \
	{                                                                                                              \
		.name = #member, .type = FIELD_##kind, .offset = (base) + G_STRUCT_OFFSET(ReportInput, member),        \
		__VA_ARGS__                                                                                            \
	}

#define REPORT_PLACE_FIELDS(base)                                                                                      \
	REPORT_FIELD(base, function, LINE, .help = "the affected function; your own if left out"),                     \
		REPORT_FIELD(base, matters, LINES, .max = 20, .help = "the matters that it was about"),                \
		REPORT_FIELD(base, scope, CHOICE,                                                                      \
			.choices = (const char *const[]){"matter", "function", "organisation", NULL},                  \
			.help = "how far it reaches: matter, function (the default) or organisation"),                 \
		REPORT_FIELD(base, scope_reason, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,                         \
			.help = "why the whole organisation is affected (G4)")

#define REPORT_BEHAVIOUR_FIELDS(base)                                                                                  \
	REPORT_FIELD(                                                                                                  \
		base, heading, LINE, .help = "a heading of the policy (B1); by itself where the example says it"),     \
		REPORT_FIELD(base, example, LINE, .help = "an example under it; left out: 'other', in words"),         \
		REPORT_FIELD(base, other, TEXT, .privacy = FIELD_PERSONAL, .max = 2000,                                \
			.help = "the behaviour in words, where no example fits")

#define REPORT_EFFECT_FIELDS(base)                                                                                     \
	REPORT_FIELD(                                                                                                  \
		base, effect, TEXT, .privacy = FIELD_PERSONAL, .help = "what it did to staff or to the service (B2)"), \
		REPORT_FIELD(base, violence, BOOL, .help = "physical violence was used or threatened (L2)"),           \
		REPORT_FIELD(base, disability, CHOICE, .privacy = FIELD_PERSONAL,                                      \
			.choices = (const char *const[]){"yes", "no", "not-known", NULL},                              \
			.help = "could a disability explain it (G7)?"),                                                \
		REPORT_FIELD(base, targets, LINES, .max = 50, .privacy = FIELD_PERSONAL,                               \
			.help = "user names of the staff whom it was aimed at (G8)"),                                  \
		REPORT_FIELD(base, welfare, TEXT, .privacy = FIELD_PERSONAL, .max = 4000,                              \
			.help = "say so if you feel unsafe or unfairly treated (S4)")
