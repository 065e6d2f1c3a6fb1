/* families.h: every act, by the file that holds it. The table in table.c lists them in the policy's order. */
#pragma once

#include "acts/run.h"

/* organisation.c */
extern const Act act_add_function, act_add_staff, act_end_staff, act_grant_role, act_revoke_role, act_name_substitute,
	act_add_door;
/* way_in.c */
extern const Act act_reset_password, act_reset_second_factor;
/* policy.c */
extern const Act act_adopt_policy;
/* customers.c */
extern const Act act_add_customer, act_add_identifier, act_mark_shared, act_confirm_identifier, act_end_identifier,
	act_register_representative, act_open_matter, act_close_matter;
/* change_customer.c */
extern const Act act_change_customer;
/* needs.c */
extern const Act act_record_need, act_ask_adjustment, act_answer_adjustment;
/* contacts.c */
extern const Act act_log_contact, act_end_call, act_hold_call;
/* reports.c */
extern const Act act_report_behaviour, act_assess_report, act_refer_to_police;
/* warnings.c */
extern const Act act_warn, act_record_answer;
/* requests.c */
extern const Act act_request, act_withdraw_request;
/* decisions.c */
extern const Act act_decide;
/* disputes.c */
extern const Act act_dispute, act_acknowledge_dispute, act_withdraw_dispute, act_answer_dispute, act_acknowledge_answer;
/* notices.c */
extern const Act act_notify;
/* confirm.c */
extern const Act act_confirm_notice;
/* vary.c */
extern const Act act_vary, act_lift;
/* ending.c */
extern const Act act_end_arrangement, act_close_casefile;
/* evidence.c */
extern const Act act_attach_evidence;
/* safety.c */
extern const Act act_approve_safety_sentence;
/* mending.c */
extern const Act act_strike, act_correct;
/* breaches.c */
extern const Act act_log_breach;
/* items.c */
extern const Act act_deal_with_item, act_follow_up;
/* assign.c */
extern const Act act_assign;
/* journal.c */
extern const Act act_take_in_contacts;
