/* read_columns.c: every object as JSON shows it, member by member, and what of it is not for everybody. */
#include "acts/read_run.h"
#include "acts/work_run.h"

#define TEXT(Row, member)                                                                                              \
	{                                                                                                              \
#member, COLUMN_TEXT, G_STRUCT_OFFSET(Row, member), 0                                                  \
	}
#define INT(Row, member)                                                                                               \
	{                                                                                                              \
#member, COLUMN_INT, G_STRUCT_OFFSET(Row, member), 0                                                   \
	}
#define BOOL(Row, member)                                                                                              \
	{                                                                                                              \
#member, COLUMN_BOOL, G_STRUCT_OFFSET(Row, member), 0                                                  \
	}
#define INSTANT(Row, member)                                                                                           \
	{                                                                                                              \
#member, COLUMN_INSTANT, G_STRUCT_OFFSET(Row, member), 0                                               \
	}
#define DAY(Row, member)                                                                                               \
	{                                                                                                              \
#member, COLUMN_DAY, G_STRUCT_OFFSET(Row, member), 0                                                   \
	}
#define JSON(Row, member)                                                                                              \
	{                                                                                                              \
#member, COLUMN_JSON, G_STRUCT_OFFSET(Row, member), 0                                                  \
	}
#define NAMED(name, Row, member)                                                                                       \
	{                                                                                                              \
		name, COLUMN_TEXT, G_STRUCT_OFFSET(Row, member), 0                                                     \
	}
#define VEILED(veil, type, Row, member)                                                                                \
	{                                                                                                              \
#member, COLUMN_##type, G_STRUCT_OFFSET(Row, member), VEIL_##veil                                      \
	}
#define END                                                                                                            \
	{                                                                                                              \
		NULL, COLUMN_TEXT, 0, 0                                                                                \
	}

const ReadColumn customer_columns[] = {NAMED("id", CustomerRow, ref), TEXT(CustomerRow, kind), TEXT(CustomerRow, name),
	TEXT(CustomerRow, salutation), TEXT(CustomerRow, postal_address), TEXT(CustomerRow, language),
	TEXT(CustomerRow, format), INSTANT(CustomerRow, created_at), END};

const ReadColumn identifier_columns[] = {NAMED("id", IdentifierRow, ref), TEXT(IdentifierRow, customer),
	TEXT(IdentifierRow, kind), NAMED("value", IdentifierRow, typed), TEXT(IdentifierRow, normal),
	BOOL(IdentifierRow, used_by_others), BOOL(IdentifierRow, confirmed), TEXT(IdentifierRow, recognised),
	INSTANT(IdentifierRow, added_at), TEXT(IdentifierRow, added_by), INSTANT(IdentifierRow, ended_at), END};

const ReadColumn representative_columns[] = {NAMED("id", RepresentativeRow, ref), TEXT(RepresentativeRow, customer),
	TEXT(RepresentativeRow, name), TEXT(RepresentativeRow, capacity), TEXT(RepresentativeRow, kind),
	NAMED("value", RepresentativeRow, normal), INSTANT(RepresentativeRow, added_at),
	INSTANT(RepresentativeRow, ended_at), END};

const ReadColumn matter_columns[] = {NAMED("id", MatterRow, ref), TEXT(MatterRow, customer), TEXT(MatterRow, function),
	TEXT(MatterRow, kind), TEXT(MatterRow, title), INSTANT(MatterRow, opened_at), INSTANT(MatterRow, closed_at),
	NAMED("how", MatterRow, closed_how), END};

const ReadColumn contact_columns[] = {NAMED("id", ContactRow, ref), TEXT(ContactRow, gate_id),
	TEXT(ContactRow, customer), NAMED("from", ContactRow, identifier), TEXT(ContactRow, channel),
	TEXT(ContactRow, direction), NAMED("to", ContactRow, door), TEXT(ContactRow, function),
	TEXT(ContactRow, matter), TEXT(ContactRow, purpose), INSTANT(ContactRow, happened_at),
	INSTANT(ContactRow, recorded_at), NAMED("by", ContactRow, recorded_by), TEXT(ContactRow, source),
	VEILED(EVIDENCE, TEXT, ContactRow, what), INT(ContactRow, minutes), TEXT(ContactRow, verdict),
	JSON(ContactRow, reasons), TEXT(ContactRow, handling), NAMED("reason", ContactRow, end_reason),
	{"words", COLUMN_TEXT, G_STRUCT_OFFSET(ContactRow, end_words), VEIL_EVIDENCE}, INSTANT(ContactRow, struck_at),
	END};

const ReadColumn casefile_columns[] = {NAMED("id", CasefileRow, ref), TEXT(CasefileRow, customer),
	TEXT(CasefileRow, scope), TEXT(CasefileRow, scope_of), VEILED(REASONS, TEXT, CasefileRow, scope_reason),
	TEXT(CasefileRow, function), INSTANT(CasefileRow, opened_at), INSTANT(CasefileRow, closed_at),
	TEXT(CasefileRow, outcome), INT(CasefileRow, version), END};

const ReadColumn report_columns[] = {NAMED("id", ReportRow, ref), TEXT(ReportRow, casefile), TEXT(ReportRow, customer),
	TEXT(ReportRow, contact), NAMED("by", ReportRow, reporter), TEXT(ReportRow, function), TEXT(ReportRow, channel),
	TEXT(ReportRow, heading), TEXT(ReportRow, example), NAMED("other", ReportRow, other_words),
	TEXT(ReportRow, what), TEXT(ReportRow, effect), BOOL(ReportRow, violence), TEXT(ReportRow, disability),
	JSON(ReportRow, targets), TEXT(ReportRow, welfare), INSTANT(ReportRow, happened_at),
	INSTANT(ReportRow, recorded_at), TEXT(ReportRow, assessment), TEXT(ReportRow, pack),
	INSTANT(ReportRow, struck_at), END};

const ReadColumn assessment_columns[] = {NAMED("id", AssessmentRow, ref), TEXT(AssessmentRow, casefile),
	NAMED("by", AssessmentRow, by_user), TEXT(AssessmentRow, outcome), TEXT(AssessmentRow, heading),
	VEILED(REASONS, JSON, AssessmentRow, tests), VEILED(REASONS, TEXT, AssessmentRow, ground),
	VEILED(REASONS, TEXT, AssessmentRow, no_violence), VEILED(HEALTH, TEXT, AssessmentRow, needs_considered),
	VEILED(REASONS, TEXT, AssessmentRow, behaviour), INSTANT(AssessmentRow, at), TEXT(AssessmentRow, pack), END};

const ReadColumn referral_columns[] = {NAMED("id", ReferralRow, ref), TEXT(ReferralRow, casefile),
	TEXT(ReferralRow, force), TEXT(ReferralRow, police_reference), BOOL(ReferralRow, may_tell),
	INSTANT(ReferralRow, referred_at), NAMED("by", ReferralRow, by_user), INSTANT(ReferralRow, at), END};

const ReadColumn warning_columns[] = {NAMED("id", WarningRow, ref), TEXT(WarningRow, casefile),
	TEXT(WarningRow, assessment), TEXT(WarningRow, tier), INT(WarningRow, days_to_adapt), TEXT(WarningRow, notice),
	NAMED("by", WarningRow, by_user), INSTANT(WarningRow, at), TEXT(WarningRow, pack), END};

const ReadColumn answer_columns[] = {NAMED("id", AnswerRow, ref), TEXT(AnswerRow, casefile), TEXT(AnswerRow, warning),
	TEXT(AnswerRow, words), INSTANT(AnswerRow, happened_at), NAMED("by", AnswerRow, by_user),
	INSTANT(AnswerRow, at), INSTANT(AnswerRow, struck_at), END};

const ReadColumn request_columns[] = {NAMED("id", RequestRow, ref), TEXT(RequestRow, casefile),
	NAMED("by", RequestRow, by_user), INSTANT(RequestRow, at), TEXT(RequestRow, state), TEXT(RequestRow, warning),
	TEXT(RequestRow, skip_reason), TEXT(RequestRow, skip_risk), TEXT(RequestRow, early_reason),
	JSON(RequestRow, reports), JSON(RequestRow, account), TEXT(RequestRow, internal_review),
	JSON(RequestRow, complaints), JSON(RequestRow, restrictions), TEXT(RequestRow, reasons),
	TEXT(RequestRow, scope), TEXT(RequestRow, scope_of), TEXT(RequestRow, scope_reason), DAY(RequestRow, until_on),
	DAY(RequestRow, review_on), TEXT(RequestRow, pack), END};

const ReadColumn decision_columns[] = {NAMED("id", DecisionRow, ref), TEXT(DecisionRow, casefile),
	TEXT(DecisionRow, request), TEXT(DecisionRow, outcome), JSON(DecisionRow, findings), TEXT(DecisionRow, reasons),
	TEXT(DecisionRow, lesser_step), TEXT(DecisionRow, severe_circumstances), TEXT(DecisionRow, confirms_no_warning),
	TEXT(DecisionRow, conflict_reason), TEXT(DecisionRow, open_review_reason), TEXT(DecisionRow, affected),
	TEXT(DecisionRow, lifting), JSON(DecisionRow, restrictions), TEXT(DecisionRow, scope),
	TEXT(DecisionRow, scope_of), TEXT(DecisionRow, scope_reason), DAY(DecisionRow, until_on),
	DAY(DecisionRow, review_on), INSTANT(DecisionRow, complete_at), INSTANT(DecisionRow, at),
	TEXT(DecisionRow, pack), END};

const ReadColumn signature_columns[] = {
	NAMED("by", SignatureRow, user_name), TEXT(SignatureRow, capacity), INSTANT(SignatureRow, at), END};

const ReadColumn variation_columns[] = {NAMED("id", VariationRow, ref), TEXT(VariationRow, casefile),
	TEXT(VariationRow, arrangement), TEXT(VariationRow, kind), TEXT(VariationRow, dispute),
	TEXT(VariationRow, reasons), TEXT(VariationRow, lifting), TEXT(VariationRow, agreement),
	NAMED("by", VariationRow, by_user), TEXT(VariationRow, capacity), INSTANT(VariationRow, at),
	TEXT(VariationRow, pack), END};

const ReadColumn notice_columns[] = {NAMED("id", NoticeRow, ref), TEXT(NoticeRow, casefile), TEXT(NoticeRow, customer),
	TEXT(NoticeRow, kind), TEXT(NoticeRow, about), TEXT(NoticeRow, owner), TEXT(NoticeRow, language),
	TEXT(NoticeRow, format), TEXT(NoticeRow, delivery), VEILED(LETTERS, TEXT, NoticeRow, address),
	VEILED(LETTERS, TEXT, NoticeRow, subject),
	{"text", COLUMN_TEXT, G_STRUCT_OFFSET(NoticeRow, body_text), VEIL_LETTERS},
	{"html", COLUMN_TEXT, G_STRUCT_OFFSET(NoticeRow, body_html), VEIL_LETTERS}, INSTANT(NoticeRow, made_at),
	TEXT(NoticeRow, approved_by), INSTANT(NoticeRow, sent_at), INSTANT(NoticeRow, delivered_at),
	INSTANT(NoticeRow, returned_at), TEXT(NoticeRow, returned_why), TEXT(NoticeRow, pack), END};

const ReadColumn notice_line_columns[] = {NAMED("id", NoticeLineRow, ref), TEXT(NoticeLineRow, casefile),
	TEXT(NoticeLineRow, customer), TEXT(NoticeLineRow, kind), TEXT(NoticeLineRow, about),
	TEXT(NoticeLineRow, owner), TEXT(NoticeLineRow, language), TEXT(NoticeLineRow, format),
	TEXT(NoticeLineRow, delivery), VEILED(LETTERS, TEXT, NoticeLineRow, subject), INSTANT(NoticeLineRow, made_at),
	INSTANT(NoticeLineRow, sent_at), INSTANT(NoticeLineRow, delivered_at), INSTANT(NoticeLineRow, returned_at),
	TEXT(NoticeLineRow, returned_why), END};

const ReadColumn dispute_columns[] = {NAMED("id", DisputeRow, ref), TEXT(DisputeRow, casefile),
	TEXT(DisputeRow, customer), TEXT(DisputeRow, decision), TEXT(DisputeRow, channel), TEXT(DisputeRow, words),
	VEILED(REASONS, TEXT, DisputeRow, late_reason), INSTANT(DisputeRow, received_at), DAY(DisputeRow, reply_by),
	BOOL(DisputeRow, suspends), NAMED("by", DisputeRow, by_user), INSTANT(DisputeRow, at),
	INSTANT(DisputeRow, withdrawn_at), TEXT(DisputeRow, withdrawn_words), INSTANT(DisputeRow, answered_at),
	TEXT(DisputeRow, answered_by), TEXT(DisputeRow, outcome), VEILED(REASONS, TEXT, DisputeRow, reasons),
	TEXT(DisputeRow, pack), END};

const ReadColumn need_columns[] = {NAMED("id", NeedRow, ref), TEXT(NeedRow, customer), TEXT(NeedRow, what),
	VEILED(HEALTH, TEXT, NeedRow, why), JSON(NeedRow, abilities), TEXT(NeedRow, only_with), DAY(NeedRow, review_on),
	INSTANT(NeedRow, recorded_at), NAMED("by", NeedRow, recorded_by), INSTANT(NeedRow, ended_at), END};

const ReadColumn adjustment_columns[] = {NAMED("id", AdjustmentRow, ref), TEXT(AdjustmentRow, customer),
	TEXT(AdjustmentRow, casefile), TEXT(AdjustmentRow, need), TEXT(AdjustmentRow, asked),
	INSTANT(AdjustmentRow, asked_at), TEXT(AdjustmentRow, asked_by), TEXT(AdjustmentRow, outcome),
	VEILED(REASONS, TEXT, AdjustmentRow, reasons), DAY(AdjustmentRow, review_on),
	INSTANT(AdjustmentRow, answered_at), TEXT(AdjustmentRow, answered_by), END};

const ReadColumn item_columns[] = {NAMED("id", ItemRow, ref), TEXT(ItemRow, contact), TEXT(ItemRow, customer),
	TEXT(ItemRow, function), TEXT(ItemRow, why), INSTANT(ItemRow, opened_at), INSTANT(ItemRow, ended_at),
	TEXT(ItemRow, ended_by), TEXT(ItemRow, owner), TEXT(ItemRow, outcome),
	{"words", COLUMN_TEXT, G_STRUCT_OFFSET(ItemRow, outcome_words), VEIL_EVIDENCE}, END};

const ReadColumn safety_columns[] = {NAMED("id", SafetySentenceRow, ref), TEXT(SafetySentenceRow, casefile),
	TEXT(SafetySentenceRow, customer), TEXT(SafetySentenceRow, words), NAMED("by", SafetySentenceRow, by_user),
	INSTANT(SafetySentenceRow, at), END};

const ReadColumn evidence_columns[] = {NAMED("id", EvidenceRow, ref), TEXT(EvidenceRow, casefile),
	TEXT(EvidenceRow, customer), TEXT(EvidenceRow, report), TEXT(EvidenceRow, contact), TEXT(EvidenceRow, what),
	NAMED("name", EvidenceRow, file_name), NAMED("type", EvidenceRow, media_type), INT(EvidenceRow, size),
	NAMED("sha256", EvidenceRow, hash), INSTANT(EvidenceRow, obtained_at), NAMED("by", EvidenceRow, by_user),
	INSTANT(EvidenceRow, at), INSTANT(EvidenceRow, struck_at), END};

const ReadColumn breach_columns[] = {NAMED("id", BreachRow, ref), TEXT(BreachRow, casefile), TEXT(BreachRow, customer),
	TEXT(BreachRow, arrangement), TEXT(BreachRow, contact), TEXT(BreachRow, what), TEXT(BreachRow, staff_did),
	INSTANT(BreachRow, happened_at), NAMED("by", BreachRow, by_user), INSTANT(BreachRow, at),
	INSTANT(BreachRow, struck_at), END};

/* What is in force is in words; the arguments stand in the decision. */
const ReadColumn arrangement_columns[] = {NAMED("id", ArrangementView, ref), TEXT(ArrangementView, casefile),
	TEXT(ArrangementView, decision), TEXT(ArrangementView, function), TEXT(ArrangementView, scope),
	TEXT(ArrangementView, scope_of), TEXT(ArrangementView, scope_words),
	NAMED("state", ArrangementView, state_name), TEXT(ArrangementView, state_words),
	INSTANT(ArrangementView, from_at), INSTANT(ArrangementView, ended_at), DAY(ArrangementView, until_on),
	DAY(ArrangementView, review_on), BOOL(ArrangementView, review_overdue), TEXT(ArrangementView, supersedes),
	TEXT(ArrangementView, pack), END};

/* K3: an entry holds no personal text; its content does. */
const ReadColumn entry_columns[] = {INT(EntryRow, number), INSTANT(EntryRow, recorded_at), TEXT(EntryRow, actor),
	TEXT(EntryRow, via), TEXT(EntryRow, act), TEXT(EntryRow, casefile), TEXT(EntryRow, subject),
	TEXT(EntryRow, pack), TEXT(EntryRow, content_hash), TEXT(EntryRow, hash), END};

const ReadColumn viewing_columns[] = {INT(ViewingRow, number), INSTANT(ViewingRow, at), TEXT(ViewingRow, actor),
	TEXT(ViewingRow, subject), TEXT(ViewingRow, what), END};

const ReadColumn function_columns[] = {
	NAMED("id", FunctionRow, slug), TEXT(FunctionRow, title), INSTANT(FunctionRow, created_at), END};

const ReadColumn staff_columns[] = {NAMED("id", StaffRow, user_name), TEXT(StaffRow, name), TEXT(StaffRow, email),
	INSTANT(StaffRow, created_at), INSTANT(StaffRow, ended_at), END};

const ReadColumn door_columns[] = {NAMED("id", DoorRow, address), TEXT(DoorRow, kind), TEXT(DoorRow, title),
	TEXT(DoorRow, function), TEXT(DoorRow, matter), TEXT(DoorRow, user_name), TEXT(DoorRow, protects), END};

const ReadColumn pack_columns[] = {NAMED("id", PackRow, label), TEXT(PackRow, name), INT(PackRow, version),
	DAY(PackRow, in_force), TEXT(PackRow, hash), INSTANT(PackRow, adopted_at), TEXT(PackRow, adopted_by), END};

/* Registers: a row of the list, with the customer's name. */
const ReadColumn customer_line_columns[] = {NAMED("id", CustomerLineRow, ref), TEXT(CustomerLineRow, kind),
	TEXT(CustomerLineRow, name), TEXT(CustomerLineRow, salutation), TEXT(CustomerLineRow, postal_address),
	TEXT(CustomerLineRow, language), TEXT(CustomerLineRow, format), INSTANT(CustomerLineRow, created_at), END};

const ReadColumn casefile_line_columns[] = {NAMED("id", CasefileLineRow, ref), TEXT(CasefileLineRow, customer),
	TEXT(CasefileLineRow, customer_name), TEXT(CasefileLineRow, scope), TEXT(CasefileLineRow, scope_of),
	VEILED(REASONS, TEXT, CasefileLineRow, scope_reason), TEXT(CasefileLineRow, function),
	INSTANT(CasefileLineRow, opened_at), INSTANT(CasefileLineRow, closed_at), TEXT(CasefileLineRow, outcome),
	INT(CasefileLineRow, version), END};

const ReadColumn warning_line_columns[] = {NAMED("id", WarningLineRow, ref), TEXT(WarningLineRow, casefile),
	TEXT(WarningLineRow, customer), TEXT(WarningLineRow, customer_name), TEXT(WarningLineRow, function),
	TEXT(WarningLineRow, assessment), TEXT(WarningLineRow, tier), INT(WarningLineRow, days_to_adapt),
	TEXT(WarningLineRow, notice), INSTANT(WarningLineRow, sent_at), INSTANT(WarningLineRow, delivered_at),
	NAMED("by", WarningLineRow, by_user), INSTANT(WarningLineRow, at), TEXT(WarningLineRow, pack), END};

const ReadColumn referral_line_columns[] = {NAMED("id", ReferralLineRow, ref), TEXT(ReferralLineRow, casefile),
	TEXT(ReferralLineRow, customer), TEXT(ReferralLineRow, customer_name), TEXT(ReferralLineRow, function),
	TEXT(ReferralLineRow, force), TEXT(ReferralLineRow, police_reference), BOOL(ReferralLineRow, may_tell),
	INSTANT(ReferralLineRow, referred_at), NAMED("by", ReferralLineRow, by_user), INSTANT(ReferralLineRow, at),
	END};

const ReadColumn ended_call_columns[] = {NAMED("id", EndedCallRow, ref), TEXT(EndedCallRow, customer),
	TEXT(EndedCallRow, customer_name), TEXT(EndedCallRow, channel), TEXT(EndedCallRow, function),
	INSTANT(EndedCallRow, happened_at), NAMED("by", EndedCallRow, recorded_by),
	NAMED("reason", EndedCallRow, end_reason),
	{"words", COLUMN_TEXT, G_STRUCT_OFFSET(EndedCallRow, end_words), VEIL_EVIDENCE}, INT(EndedCallRow, minutes),
	VEILED(EVIDENCE, TEXT, EndedCallRow, followed_up), TEXT(EndedCallRow, followed_up_by),
	INSTANT(EndedCallRow, followed_up_at), END};

/* 'My work' */
const ReadColumn work_columns[] = {NAMED("id", WorkLine, ref), TEXT(WorkLine, kind), TEXT(WorkLine, title),
	TEXT(WorkLine, what), NAMED("urgency", WorkLine, urgency_name), DAY(WorkLine, due_on), INSTANT(WorkLine, since),
	TEXT(WorkLine, customer), TEXT(WorkLine, customer_name), TEXT(WorkLine, casefile), TEXT(WorkLine, function),
	TEXT(WorkLine, owner), BOOL(WorkLine, mine), BOOL(WorkLine, may_do), TEXT(WorkLine, act), TEXT(WorkLine, about),
	END};
