/* flow_rows.h: the flows, each a row in its page's file (web/pages/); flow_table.c puts them in order. */
#pragma once

#include "web/flow.h"

extern const FlowPage flow_refer_to_police;
/* report.c */
extern const FlowPage flow_report_behaviour;
/* notices.c */
extern const FlowPage flow_notify, flow_confirm_notice;
/* identifiers.c */
extern const FlowPage flow_add_customer, flow_add_identifier, flow_mark_shared, flow_confirm_identifier,
	flow_end_identifier, flow_register_representative;
/* matters.c */
extern const FlowPage flow_open_matter, flow_close_matter;
/* needs.c */
extern const FlowPage flow_record_need, flow_ask_adjustment, flow_answer_adjustment;
/* assess.c, warn.c, withdraw.c */
extern const FlowPage flow_assess_report, flow_warn, flow_record_answer, flow_withdraw_request;
/* dispute.c */
extern const FlowPage flow_dispute, flow_acknowledge_dispute, flow_withdraw_dispute, flow_acknowledge_answer;
/* answer_dispute.c */
extern const FlowPage flow_answer_dispute;
/* admin_flows.c */
extern const FlowPage flow_add_staff, flow_grant_role, flow_revoke_role, flow_end_staff, flow_add_function,
	flow_name_substitute, flow_add_door;
/* work_flows.c */
extern const FlowPage flow_follow_up, flow_assign, flow_deal_with_item;
/* evidence.c, breach.c, safety.c */
extern const FlowPage flow_attach_evidence, flow_log_breach, flow_approve_safety_sentence;
/* mend.c */
extern const FlowPage flow_strike, flow_correct;
/* change_customer.c */
extern const FlowPage flow_change_customer;
/* request.c, decide.c */
extern const FlowPage flow_request, flow_decide;
/* vary.c, lift.c, close.c */
extern const FlowPage flow_vary, flow_lift, flow_end_arrangement, flow_close_casefile;
