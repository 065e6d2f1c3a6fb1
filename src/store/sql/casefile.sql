-- Casefiles and their steps: what an act loads before it decides, and what it saves.
-- :row Casefile ref:text, customer:text, scope:text, scope_of:text?, scope_reason:text?, function:text,
--   opened_at:instant, closed_at:instant?, outcome:text?, version:int
-- :row Report ref:text, casefile:text, customer:text, contact:text?, reporter:text, function:text, channel:text,
--   heading:text, example:text?, other_words:text?, what:text, effect:text, violence:bool, disability:text,
--   targets:text, welfare:text?, happened_at:instant, recorded_at:instant, assessment:text?, pack:text,
--   struck_at:instant?
-- :row Assessment ref:text, casefile:text, by_user:text, outcome:text, heading:text, tests:text, ground:text?,
--   no_violence:text?, needs_considered:text, behaviour:text, at:instant, pack:text
-- :row Referral ref:text, casefile:text, force:text, police_reference:text?, may_tell:bool, referred_at:instant,
--   by_user:text, at:instant
-- :row Warning ref:text, casefile:text, assessment:text, tier:text, days_to_adapt:int, notice:text, by_user:text,
--   at:instant, pack:text
-- :row Answer ref:text, casefile:text, warning:text, words:text, happened_at:instant, by_user:text, at:instant,
--   struck_at:instant?
-- :row Request ref:text, casefile:text, by_user:text, at:instant, state:text, warning:text?, skip_reason:text?,
--   skip_risk:text?, early_reason:text?, reports:text, account:text, internal_review:text?, complaints:text,
--   restrictions:text, reasons:text, scope:text, scope_of:text?, scope_reason:text?, until_on:day?, review_on:day,
--   pack:text
-- :row Decision ref:text, casefile:text, request:text, outcome:text, findings:text, reasons:text, lesser_step:text?,
--   severe_circumstances:text?, confirms_no_warning:text?, conflict_reason:text?, open_review_reason:text?,
--   affected:text?, lifting:text?, restrictions:text, scope:text, scope_of:text?, scope_reason:text?, until_on:day?,
--   review_on:day?, complete_at:instant?, at:instant, pack:text
-- :row Signature decision:text, user_name:text, capacity:text, at:instant
-- :row Arrangement ref:text, decision:text, casefile:text, customer:text, scope:text, scope_of:text?,
--   restrictions:text, notice:text?, from_at:instant?, until_on:day?, review_on:day, supersedes:text?,
--   ended_at:instant?, pack:text, variation:text?
-- :row Notice ref:text, casefile:text, customer:text, kind:text, about:text, owner:text, language:text, format:text,
--   delivery:text, address:text?, subject:text, body_text:text, body_html:text, made_at:instant, approved_by:text,
--   sent_at:instant?, delivered_at:instant?, returned_at:instant?, returned_why:text?, pack:text
-- :row NoticeState ref:text, casefile:text, kind:text, about:text, owner:text, delivery:text, made_at:instant,
--   sent_at:instant?, delivered_at:instant?, returned_at:instant?

-- :name casefile_by_ref :one
-- :in ref:text
-- :out Casefile
SELECT ref, customer, scope, scope_of, scope_reason, function, opened_at, closed_at, outcome, version
FROM casefile WHERE ref = :ref;

-- Never two open for one customer and scope.
-- :name casefile_open_in_scope :one
-- :in customer:text, scope:text, scope_of:text?
-- :out Casefile
SELECT ref, customer, scope, scope_of, scope_reason, function, opened_at, closed_at, outcome, version
FROM casefile WHERE customer = :customer AND closed_at IS NULL AND scope = :scope
	AND (scope_of = :scope_of OR (scope_of IS NULL AND :scope_of IS NULL));

-- :name casefile_add :exec
-- :in Casefile
INSERT INTO casefile (ref, customer, scope, scope_of, scope_reason, function, opened_at, closed_at, outcome, version)
VALUES (:ref, :customer, :scope, :scope_of, :scope_reason, :function, :opened_at, :closed_at, :outcome, :version);

-- Moves the version on; nothing changes where somebody else was first.
-- :name casefile_move :count
-- :in ref:text, version:int
UPDATE casefile SET version = version + 1 WHERE ref = :ref AND version = :version;

-- :name casefile_set_scope :exec
-- :in ref:text, scope:text, scope_of:text?, scope_reason:text?
UPDATE casefile SET scope = :scope, scope_of = :scope_of, scope_reason = :scope_reason WHERE ref = :ref;

-- :name casefile_matters :many
-- :in casefile:text
-- :out matter:text
SELECT matter FROM casefile_matter WHERE casefile = :casefile ORDER BY matter;

-- :name casefile_matter_add :exec
-- :in casefile:text, matter:text
INSERT INTO casefile_matter (casefile, matter) VALUES (:casefile, :matter) ON CONFLICT (casefile, matter) DO NOTHING;

-- :name casefile_reports :many
-- :in casefile:text
-- :out Report
SELECT ref, casefile, customer, contact, reporter, function, channel, heading, example, other_words, what, effect,
	violence, disability, targets, welfare, happened_at, recorded_at, assessment, pack, struck_at
FROM report WHERE casefile = :casefile ORDER BY recorded_at, ref;

-- :name report_by_ref :one
-- :in ref:text
-- :out Report
SELECT ref, casefile, customer, contact, reporter, function, channel, heading, example, other_words, what, effect,
	violence, disability, targets, welfare, happened_at, recorded_at, assessment, pack, struck_at
FROM report WHERE ref = :ref;

-- :name report_add :exec
-- :in Report
INSERT INTO report (ref, casefile, customer, contact, reporter, function, channel, heading, example, other_words, what,
	effect, violence, disability, targets, welfare, happened_at, recorded_at, assessment, pack, struck_at)
VALUES (:ref, :casefile, :customer, :contact, :reporter, :function, :channel, :heading, :example, :other_words, :what,
	:effect, :violence, :disability, :targets, :welfare, :happened_at, :recorded_at, :assessment, :pack,
	:struck_at);

-- :name report_set_assessment :count
-- :in ref:text, assessment:text
UPDATE report SET assessment = :assessment WHERE ref = :ref;

-- :name casefile_assessments :many
-- :in casefile:text
-- :out Assessment
SELECT ref, casefile, by_user, outcome, heading, tests, ground, no_violence, needs_considered, behaviour, at, pack
FROM assessment WHERE casefile = :casefile ORDER BY at, ref;

-- :name assessment_by_ref :one
-- :in ref:text
-- :out Assessment
SELECT ref, casefile, by_user, outcome, heading, tests, ground, no_violence, needs_considered, behaviour, at, pack
FROM assessment WHERE ref = :ref;

-- :name assessment_add :exec
-- :in Assessment
INSERT INTO assessment (ref, casefile, by_user, outcome, heading, tests, ground, no_violence, needs_considered,
	behaviour, at, pack)
VALUES (:ref, :casefile, :by_user, :outcome, :heading, :tests, :ground, :no_violence, :needs_considered,
	:behaviour, :at, :pack);

-- :name casefile_referrals :many
-- :in casefile:text
-- :out Referral
SELECT ref, casefile, force, police_reference, may_tell, referred_at, by_user, at
FROM referral WHERE casefile = :casefile ORDER BY at, ref;

-- :name referral_add :exec
-- :in Referral
INSERT INTO referral (ref, casefile, force, police_reference, may_tell, referred_at, by_user, at)
VALUES (:ref, :casefile, :force, :police_reference, :may_tell, :referred_at, :by_user, :at);

-- :name casefile_warnings :many
-- :in casefile:text
-- :out Warning
SELECT ref, casefile, assessment, tier, days_to_adapt, notice, by_user, at, pack
FROM warning WHERE casefile = :casefile ORDER BY at, ref;

-- :name warning_add :exec
-- :in Warning
INSERT INTO warning (ref, casefile, assessment, tier, days_to_adapt, notice, by_user, at, pack)
VALUES (:ref, :casefile, :assessment, :tier, :days_to_adapt, :notice, :by_user, :at, :pack);

-- :name casefile_answers :many
-- :in casefile:text
-- :out Answer
SELECT ref, casefile, warning, words, happened_at, by_user, at, struck_at
FROM answer WHERE casefile = :casefile ORDER BY at, ref;

-- :name answer_add :exec
-- :in Answer
INSERT INTO answer (ref, casefile, warning, words, happened_at, by_user, at, struck_at)
VALUES (:ref, :casefile, :warning, :words, :happened_at, :by_user, :at, :struck_at);

-- :name casefile_requests :many
-- :in casefile:text
-- :out Request
SELECT ref, casefile, by_user, at, state, warning, skip_reason, skip_risk, early_reason, reports, account,
	internal_review, complaints, restrictions, reasons, scope, scope_of, scope_reason, until_on, review_on, pack
FROM request WHERE casefile = :casefile ORDER BY at, ref;

-- :name request_by_ref :one
-- :in ref:text
-- :out Request
SELECT ref, casefile, by_user, at, state, warning, skip_reason, skip_risk, early_reason, reports, account,
	internal_review, complaints, restrictions, reasons, scope, scope_of, scope_reason, until_on, review_on, pack
FROM request WHERE ref = :ref;

-- :name request_add :exec
-- :in Request
INSERT INTO request (ref, casefile, by_user, at, state, warning, skip_reason, skip_risk, early_reason, reports,
	account, internal_review, complaints, restrictions, reasons, scope, scope_of, scope_reason, until_on,
	review_on, pack)
VALUES (:ref, :casefile, :by_user, :at, :state, :warning, :skip_reason, :skip_risk, :early_reason, :reports,
	:account, :internal_review, :complaints, :restrictions, :reasons, :scope, :scope_of, :scope_reason, :until_on,
	:review_on, :pack);

-- :name request_set_state :count
-- :in ref:text, state:text
UPDATE request SET state = :state WHERE ref = :ref;

-- :name casefile_decisions :many
-- :in casefile:text
-- :out Decision
SELECT ref, casefile, request, outcome, findings, reasons, lesser_step, severe_circumstances, confirms_no_warning,
	conflict_reason, open_review_reason, affected, lifting, restrictions, scope, scope_of, scope_reason, until_on,
	review_on, complete_at, at, pack
FROM decision WHERE casefile = :casefile ORDER BY at, ref;

-- :name decision_by_ref :one
-- :in ref:text
-- :out Decision
SELECT ref, casefile, request, outcome, findings, reasons, lesser_step, severe_circumstances, confirms_no_warning,
	conflict_reason, open_review_reason, affected, lifting, restrictions, scope, scope_of, scope_reason, until_on,
	review_on, complete_at, at, pack
FROM decision WHERE ref = :ref;

-- :name decision_add :exec
-- :in Decision
INSERT INTO decision (ref, casefile, request, outcome, findings, reasons, lesser_step, severe_circumstances,
	confirms_no_warning, conflict_reason, open_review_reason, affected, lifting, restrictions, scope, scope_of,
	scope_reason, until_on, review_on, complete_at, at, pack)
VALUES (:ref, :casefile, :request, :outcome, :findings, :reasons, :lesser_step, :severe_circumstances,
	:confirms_no_warning, :conflict_reason, :open_review_reason, :affected, :lifting, :restrictions, :scope,
	:scope_of, :scope_reason, :until_on, :review_on, :complete_at, :at, :pack);

-- :name decision_set_complete :count
-- :in ref:text, complete_at:instant
UPDATE decision SET complete_at = :complete_at WHERE ref = :ref;

-- :name casefile_signatures :many
-- :in casefile:text
-- :out Signature
SELECT s.decision, s.user_name, s.capacity, s.at
FROM signature s JOIN decision d ON d.ref = s.decision WHERE d.casefile = :casefile ORDER BY s.at, s.user_name;

-- :name signature_add :exec
-- :in Signature
INSERT INTO signature (decision, user_name, capacity, at) VALUES (:decision, :user_name, :capacity, :at);

-- :name casefile_arrangements :many
-- :in casefile:text
-- :out Arrangement
SELECT ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on, review_on,
	supersedes, ended_at, pack, variation
FROM arrangement WHERE casefile = :casefile ORDER BY ref;

-- Those that are or may come into force.
-- :name customer_arrangements :many
-- :in customer:text
-- :out Arrangement
SELECT ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on, review_on,
	supersedes, ended_at, pack, variation
FROM arrangement WHERE customer = :customer AND ended_at IS NULL ORDER BY ref;

-- :name arrangement_by_ref :one
-- :in ref:text
-- :out Arrangement
SELECT ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on, review_on,
	supersedes, ended_at, pack, variation
FROM arrangement WHERE ref = :ref;

-- The newest: where it was varied the one that took the first one's place.
-- :name arrangement_of_decision :one
-- :in decision:text
-- :out Arrangement
SELECT ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on, review_on,
	supersedes, ended_at, pack, variation
FROM arrangement WHERE decision = :decision ORDER BY ref DESC LIMIT 1;

-- :name arrangement_add :exec
-- :in Arrangement
INSERT INTO arrangement (ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on,
	review_on, supersedes, ended_at, pack, variation)
VALUES (:ref, :decision, :casefile, :customer, :scope, :scope_of, :restrictions, :notice, :from_at, :until_on,
	:review_on, :supersedes, :ended_at, :pack, :variation);

-- :name arrangement_set_notice :count
-- :in ref:text, notice:text
UPDATE arrangement SET notice = :notice WHERE ref = :ref;

-- N5: in force from an instant; NULL: not (a returned notice).
-- :name arrangement_set_from :count
-- :in ref:text, from_at:instant?
UPDATE arrangement SET from_at = :from_at WHERE ref = :ref;

-- :name arrangement_set_restrictions :count
-- :in ref:text, restrictions:text
UPDATE arrangement SET restrictions = :restrictions WHERE ref = :ref;

-- :name arrangement_end :count
-- :in ref:text, ended_at:instant
UPDATE arrangement SET ended_at = :ended_at WHERE ref = :ref AND ended_at IS NULL;

-- What a later decision takes the place of ends when that one comes into force;
-- :name arrangement_end_earlier :count
-- :in casefile:text, decision:text, ended_at:instant
UPDATE arrangement SET ended_at = :ended_at
WHERE casefile = :casefile AND decision < :decision AND ended_at IS NULL;

-- and is back where nothing has told that later one.
-- :name arrangement_revive_earlier :count
-- :in casefile:text, decision:text, ended_at:instant
UPDATE arrangement SET ended_at = NULL
WHERE casefile = :casefile AND decision < :decision AND ended_at = :ended_at;

-- :name casefile_notices :many
-- :in casefile:text
-- :out NoticeState
SELECT ref, casefile, kind, about, owner, delivery, made_at, sent_at, delivered_at, returned_at
FROM notice WHERE casefile = :casefile ORDER BY made_at, ref;

-- :name notice_by_ref :one
-- :in ref:text
-- :out Notice
SELECT ref, casefile, customer, kind, about, owner, language, format, delivery, address, subject, body_text, body_html,
	made_at, approved_by, sent_at, delivered_at, returned_at, returned_why, pack
FROM notice WHERE ref = :ref;

-- :name notice_add :exec
-- :in Notice
INSERT INTO notice (ref, casefile, customer, kind, about, owner, language, format, delivery, address, subject, body_text,
	body_html, made_at, approved_by, sent_at, delivered_at, returned_at, returned_why, pack)
VALUES (:ref, :casefile, :customer, :kind, :about, :owner, :language, :format, :delivery, :address, :subject, :body_text,
	:body_html, :made_at, :approved_by, :sent_at, :delivered_at, :returned_at, :returned_why, :pack);

-- :name notice_set_sent :count
-- :in ref:text, sent_at:instant, delivered_at:instant
UPDATE notice SET sent_at = :sent_at, delivered_at = :delivered_at, returned_at = NULL, returned_why = NULL
WHERE ref = :ref;

-- :name notice_set_returned :count
-- :in ref:text, returned_at:instant, returned_why:text
UPDATE notice SET returned_at = :returned_at, returned_why = :returned_why WHERE ref = :ref;
