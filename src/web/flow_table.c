/* flow_table.c: the list of all flows, in the order of the policy's steps. A new one is a row here. */
#include "web/flow_rows.h"

const FlowPage *const flow_table[] = {
	&flow_add_customer,
	&flow_add_identifier,
	&flow_mark_shared,
	&flow_confirm_identifier,
	&flow_end_identifier,
	&flow_register_representative,
	&flow_open_matter,
	&flow_close_matter,
	&flow_report_behaviour,
	&flow_attach_evidence,
	&flow_assess_report,
	&flow_refer_to_police,
	&flow_warn,
	&flow_record_answer,
	&flow_withdraw_request,
	&flow_notify,
	&flow_confirm_notice,
	&flow_record_need,
	&flow_ask_adjustment,
	&flow_answer_adjustment,
	&flow_request,
	&flow_decide,
	&flow_acknowledge_answer,
	&flow_dispute,
	&flow_acknowledge_dispute,
	&flow_withdraw_dispute,
	&flow_answer_dispute,
	&flow_vary,
	&flow_lift,
	&flow_end_arrangement,
	&flow_close_casefile,
	&flow_approve_safety_sentence,
	&flow_log_breach,
	&flow_strike,
	&flow_correct,
	&flow_change_customer,
	&flow_follow_up,
	&flow_assign,
	&flow_deal_with_item,
	&flow_add_staff,
	&flow_grant_role,
	&flow_revoke_role,
	&flow_end_staff,
	&flow_add_function,
	&flow_name_substitute,
	&flow_add_door,
	NULL,
};

const FlowPage *flow_find(FlowPlace place, const char *act)
{
	for (const FlowPage *const *row = flow_table; act != NULL && *row != NULL; row++)
		if ((*row)->place == place && g_str_equal((*row)->act, act))
			return *row;
	return NULL;
}
