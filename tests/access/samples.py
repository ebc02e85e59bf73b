"""One well-formed request for every endpoint, by operation id.

A new endpoint needs a line here, so that the matrix can ask it as every role and in every scope.
What stands in the path is filled from the target (world.Target.ids), or from `path`.
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access import parts
from tests.access.requests import EMPTY, NAME, READ, Sample, say
from tests.access.world import Target

VERSION = {"If-Match": '"1"'}
PROCESS = {"key": "deal"}
FLOW = {"key": "contract_approval"}
EMPTY_FLOW = {"key": "contract_approval", "name": NAME, "nodes": []}
POLICY = {"key": "no_interaction"}
RULES = {"key": "leads"}
HOURS = {"weekday": 0, "from": "09:00", "to": "18:00"}
A_DAY = {"calendar_id": "1", "date": "2026-10-01"}
SPAN = {"first_day": "2026-10-01", "last_day": "2026-10-31"}
PASSWORD = "battery staple 9"
SCORECARD = {"key": "lead"}
WECOM = {"provider": "wecom"}
CHANNEL = {"channel_id": "1"}
SUBMISSION = {"submission_id": "1"}
TOKEN = {"token": "sample"}
WECOM_SYNC = {**WECOM, "sync_id": "1"}


def a_file(_target: Target) -> Mapping[str, Any]:
    """A document as a form sends it."""
    return {"file": SimpleUploadedFile("样例.txt", "样例".encode()), "kind": "other"}


def a_table(_target: Target) -> Mapping[str, Any]:
    """A table as a form sends it."""
    table = SimpleUploadedFile("样例.csv", "名称,金额\n样例,1\n".encode())
    return {"file": table, "record_type": "deal"}


SAMPLES: dict[str, Sample] = {
    # identity
    "change_password": Sample(body=say(current=PASSWORD, new=PASSWORD + "!")),
    "list_keys": READ,
    "create_key": Sample(body=say(name="样例")),
    "revoke_key": READ,
    # org
    "read_session": READ,
    "sign_in": Sample(body=say(username="nobody", password=PASSWORD)),
    "sign_out": READ,
    "change_preferences": Sample(body=say(theme="dark")),
    "find_people": READ,
    "list_units": READ,
    "create_unit": Sample(body=say(name="样例部")),
    "change_unit": Sample(body=say(name="样例部"), headers=VERSION),
    "delete_unit": READ,
    "list_users": READ,
    "create_user": Sample(body=say(username="sample", name="样例")),
    "change_user": Sample(body=say(phone="13800000000"), headers=VERSION),
    "reset_password": Sample(body=say(password=PASSWORD)),
    "list_roles": READ,
    "create_role": Sample(body=say(name=NAME)),
    "change_role": Sample(body=say(name=NAME), headers=VERSION),
    "list_permissions": READ,
    "list_absences": READ,
    "plan_absence": Sample(body=say(from_at="2099-01-04T00:00:00Z", to_at="2099-01-05T00:00:00Z")),
    "cancel_absence": READ,
    "list_holdings": READ,
    "hand_over_work": Sample(
        body=lambda target: {"to": {"tasks": target.ids["owner_id"]}},
    ),
    # records
    "search_records": Sample(query={"q": "zq"}, shows_records=True),
    "list_comments": READ,
    "add_comment": Sample(body=say(text="样例")),
    "remove_comment": READ,
    "see_mentions": Sample(body=EMPTY),
    # files
    "list_files": READ,
    "attach_file": Sample(body=a_file, is_form=True),
    "file_content": READ,
    "file_thumbnail": READ,
    "remove_file": READ,
    # tasks
    "list_tasks": READ,
    "create_task": Sample(body=say(title="样例")),
    "read_task": READ,
    "finish_task": Sample(body=EMPTY),
    "cancel_task": Sample(body=EMPTY),
    # documents
    "list_documents": READ,
    "read_document": READ,
    "document_pdf": READ,
    # notices
    "list_notices": Sample(is_personal=True),
    "see_notices": Sample(body=say(ids=None)),
    "read_notice_settings": READ,
    "change_notice_settings": Sample(body=say(digest="daily")),
    "list_deliveries": READ,
    "resend_delivery": Sample(path={"delivery_id": "1"}, body=EMPTY),
    "list_channels": READ,
    "change_channel": Sample(path={"key": "mail"}, body=say(settings={})),
    "try_channel": Sample(path={"key": "mail"}, body=EMPTY),
    # approvals
    "list_approvals": Sample(query={"box": "mine"}, is_personal=True),
    "count_approvals": READ,
    "list_record_approvals": READ,
    "open_approval": Sample(
        body=lambda target: {
            "flow": "exception_approval",
            "record_id": target.ids["record_id"],
            "record_type": target.record_type,
        }
    ),
    "agree_to_many": Sample(body=lambda target: {"ids": [target.ids["case_id"]]}),
    "read_approval": Sample(is_personal=True),
    "see_approval": Sample(body=EMPTY),
    "agree_approval": Sample(body=EMPTY),
    "refuse_approval": Sample(body=say(comment="样例")),
    "return_approval": Sample(body=say(comment="样例")),
    "transfer_approval": Sample(body=lambda target: {"to": target.ids["owner_id"]}),
    "add_signer": Sample(body=lambda target: {"person": target.ids["owner_id"], "place": "after"}),
    "take_over_approval": Sample(body=EMPTY),
    "withdraw_approval": Sample(body=EMPTY),
    "resubmit_approval": Sample(body=EMPTY),
    "urge_approval": Sample(body=EMPTY),
    "add_request_file": Sample(body=a_file, is_form=True),
    "add_approval_file": Sample(body=a_file, is_form=True),
    "approval_file_content": Sample(is_personal=True),
    "read_approval_report": READ,
    "list_report_cases": Sample(is_personal=True),
    "approval_report_file": READ,
    "list_flows": READ,
    "read_flow_catalogue": Sample(query={"record_type": "deal"}),
    "read_flow": Sample(path=FLOW),
    "read_flow_version": Sample(path={**FLOW, "number": "1"}),
    "create_flow": Sample(body=say(key="sample", name=NAME)),
    "save_flow_draft": Sample(path=FLOW, body=say(definition=EMPTY_FLOW)),
    "discard_flow_draft": Sample(path=FLOW),
    "check_flow": Sample(path=FLOW, body=say(definition=EMPTY_FLOW)),
    "publish_flow": Sample(path=FLOW, body=EMPTY),
    "switch_flow": Sample(path=FLOW, body=say(is_active=True)),
    "preview_flow": Sample(path=FLOW, body=lambda target: {"record_id": target.ids["record_id"]}),
    # sla
    "list_record_clocks": READ,
    "list_clocks": Sample(query={"box": "team"}, is_personal=True),
    "read_punctuality": READ,
    "list_punctual_clocks": Sample(query={"policy": "first_touch"}, is_personal=True),
    "read_clock": Sample(path={"clock_id": "1"}),
    "list_policies": READ,
    "read_policy_catalogue": READ,
    "read_policy": Sample(path=POLICY),
    "create_policy": Sample(body=say(key="sample", name=NAME, about="deal")),
    "write_policy_draft": Sample(path=POLICY, body=say(definition={})),
    "check_policy": Sample(path=POLICY, body=say(definition={})),
    "rehearse_policy": Sample(
        path=POLICY, body=say(**{"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"})
    ),
    "publish_policy": Sample(path=POLICY, body=EMPTY),
    "switch_policy": Sample(path=POLICY, body=say(is_active=True)),
    "list_calendars": READ,
    # pool
    "list_pools": READ,
    "list_pool_entries": READ,
    "read_pool_standing": READ,
    "claim_record": Sample(body=EMPTY),
    "release_record": Sample(body=say(reason="other")),
    "put_record_in_pool": Sample(body=say(note="样例")),
    "assign_record_out": Sample(body=lambda target: {"owner": target.ids["owner_id"]}),
    "list_pool_settings": READ,
    "read_pool_catalogue": READ,
    "create_pool": Sample(body=say(key="sample", name=NAME, record_type="deal")),
    "read_pool_settings": READ,
    "write_pool_draft": Sample(body=say(definition={})),
    "check_pool_rules": Sample(body=say(definition={})),
    "preview_pool_rules": Sample(body=say(days=3)),
    "publish_pool_rules": Sample(body=EMPTY),
    "switch_pool": Sample(body=say(is_active=True)),
    "create_calendar": Sample(body=say(name=NAME, hours=[HOURS])),
    "change_calendar": Sample(path={"calendar_id": "1"}, body=say(name=NAME)),
    "read_calendar_year": Sample(path={"calendar_id": "1", "year": "2026"}),
    "set_calendar_day": Sample(path=A_DAY, body=say(kind="rest")),
    "clear_calendar_day": Sample(path=A_DAY),
    # process
    "list_processes": READ,
    "read_version": Sample(path={**PROCESS, "number": "1"}),
    "preview_migration": Sample(path=PROCESS, body=say(from_number=1, to_number=1)),
    "migrate_process": Sample(path=PROCESS, body=say(from_number=1, to_number=1)),
    # fields
    "list_fields": READ,
    "create_field": Sample(body=say(key="sample", name=NAME, type="text")),
    "change_field": Sample(path={"key": "name"}, body=say(name=NAME)),
    "limit_field": Sample(
        path={"key": "name"},
        body=lambda target: {"role_id": target.ids["role_id"], "access": "read"},
    ),
    # desk
    "read_meta": READ,
    "read_today": READ,
    "read_workbench": READ,
    "list_records": Sample(shows_records=True),
    "read_board": READ,
    "create_record": Sample(body=say(values={})),
    "change_many_records": Sample(
        body=lambda target: {
            "ids": [target.ids["record_id"]],
            "action": "set",
            "values": {"name": "样例"},
        }
    ),
    "read_record": READ,
    "change_record": Sample(body=say(values={"name": "样例"}), headers=VERSION),
    "remove_record": READ,
    "restore_record": Sample(body=EMPTY),
    "read_related": READ,
    "read_timeline": READ,
    "find_duplicates": Sample(query={"name": "zqfarzq lead name"}),
    "read_fill_rates": READ,
    "read_audit": READ,
    "stage_change_file": READ,
    "read_calendar_feed": READ,
    "make_calendar_feed": Sample(body=EMPTY),
    "end_calendar_feed": READ,
    "read_calendar": Sample(query={"key": "none"}),
    "list_moves": READ,
    "move_record": Sample(body=say(to_stage="first_talk")),
    "request_move_approval": Sample(body=say(to_stage="first_talk")),
    "read_checklist": READ,
    "tick_item": Sample(path={"item": "first_contact.background"}, body=say(ticked=True)),
    "set_waiting": Sample(body=say(reason=None)),
    "request_exception": Sample(body=say(to_stage="first_talk", reason="样例")),
    "list_record_exceptions": READ,
    "list_exceptions": Sample(query={"box": "all"}, is_personal=True),
    "decide_exception": Sample(body=say(granted=False)),
    "list_views": READ,
    "create_view": Sample(body=say(record_type="deal", name="样例")),
    "change_view": Sample(body=say(name="样例")),
    "remove_view": READ,
    **parts.SAMPLES,
    # routing
    "list_routing_sets": READ,
    "read_routing_set": Sample(path=RULES),
    "read_routing_version": Sample(path={**RULES, "number": "1"}),
    "read_routing_catalogue": READ,
    "create_routing_set": Sample(body=say(key="sample", name=NAME)),
    "write_routing_draft": Sample(path=RULES, body=say(definition={})),
    "check_routing_set": Sample(path=RULES, body=say(definition={})),
    "try_routing_set": Sample(path=RULES, body=say(last=10)),
    "publish_routing_set": Sample(path=RULES, body=EMPTY),
    "switch_routing_set": Sample(path=RULES, body=say(is_active=False)),
    "list_routing_groups": READ,
    "create_routing_group": Sample(body=say(key="sample", name=NAME)),
    "write_routing_group": Sample(path={"key": "general"}, body=say(name=NAME)),
    "remove_routing_group": Sample(path={"key": "general"}),
    "change_routing_receiver": Sample(path={"person_id": "1"}, body=say(cap=5)),
    "list_divisions": READ,
    "read_record_routing": READ,
    "route_records": Sample(body=say(ids=[1])),
    "read_routing_report": Sample(
        query={"since": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z"}
    ),
    "list_leads_of_report": Sample(
        query={
            "since": "2026-01-01T00:00:00Z",
            "until": "2026-02-01T00:00:00Z",
            "figure": "given",
        }
    ),
    # behaviour
    "read_track_script": Sample(path={"key": "www"}),
    "track_behaviour": Sample(path={"key": "www"}, body=EMPTY),
    "track_mail_open": Sample(path={"token": "sample"}),
    "track_mail_click": Sample(path={"token": "sample"}),
    "add_behaviour": Sample(body=say(events=[])),
    "read_behaviour": READ,
    "read_retention": READ,
    "set_retention": Sample(
        body=say(strangers_months=13, known_months=None, bodies_months=6),
    ),
    "list_sites": READ,
    "create_site": Sample(body=say(key="sample", name="样例", origins=["https://a.example"])),
    "change_site": Sample(path={"key": "www"}, body=say(is_active=False)),
    # scoring
    "list_scorecards": READ,
    "read_scorecard": Sample(path=SCORECARD),
    "read_scorecard_catalogue": Sample(path=SCORECARD),
    "read_scorecard_version": Sample(path={**SCORECARD, "number": "1"}),
    "write_scorecard_draft": Sample(path=SCORECARD, body=say(definition={})),
    "drop_scorecard_draft": Sample(path=SCORECARD),
    "check_scorecard": Sample(path=SCORECARD, body=say(definition={})),
    "preview_scorecard": Sample(path=SCORECARD, body=EMPTY),
    "publish_scorecard": Sample(path=SCORECARD, body=EMPTY),
    "read_score": READ,
    "read_learned": Sample(path=SCORECARD),
    "change_learned": Sample(path=SCORECARD, body=say(state="off")),
    "train_learned": Sample(path=SCORECARD, body=EMPTY),
    # deals
    "read_stage_updates": READ,
    "list_stage_update_deals": READ,
    "read_deal_cycle": READ,
    "list_cycle_deals": READ,
    "list_deal_norms": READ,
    "set_deal_norm": Sample(path={"key": "deal_cycle_days"}, body=say(normal="45", abnormal="60")),
    # leads
    "convert_lead": Sample(body=EMPTY),
    "read_channel_board": READ,
    "read_channel_funnel": READ,
    "list_channel_leads": Sample(shows_records=True),
    "list_funnel_norms": READ,
    "set_funnel_norm": Sample(path={"link": "sql"}, body=say(normal="0.3", abnormal="0.2")),
    "list_channel_spend": READ,
    "enter_channel_spend": Sample(
        body=say(channel="exhibition", amount="1", currency="CNY", **SPAN)
    ),
    "withdraw_channel_spend": Sample(path={"spend_id": "1"}),
    "list_merge_candidates": READ,
    "preview_merge": READ,
    "merge_leads": Sample(body=lambda target: {"losers": [target.ids["lead_id"]]}),
    "undo_merge": Sample(path={"merge_id": "1"}, body=EMPTY),
    "list_merges_of_lead": READ,
    "list_merges": READ,
    # capture
    "list_capture_channels": READ,
    "create_capture_channel": Sample(body=say(kind="webhook", name=NAME)),
    "read_capture_channel": Sample(path=CHANNEL),
    "change_capture_channel": Sample(path=CHANNEL, body=say(name=NAME)),
    "rotate_capture_secret": Sample(path=CHANNEL, body=EMPTY),
    "read_form": Sample(path=CHANNEL),
    "save_form_draft": Sample(path=CHANNEL, body=say(title=NAME, fields=[], thanks=NAME)),
    "publish_form": Sample(path=CHANNEL, body=EMPTY),
    "read_channel_code": Sample(path=CHANNEL),
    "list_submissions": READ,
    "read_submission": Sample(path=SUBMISSION),
    "retry_submission": Sample(path=SUBMISSION, body=EMPTY),
    "discard_submission": Sample(path=SUBMISSION, body=EMPTY),
    "list_touches": READ,
    "list_derived_values": READ,
    "take_webhook": Sample(path=TOKEN, body=EMPTY),
    "take_mail": Sample(path=TOKEN, body=EMPTY),
    "verify_capture_callback": Sample(path=TOKEN),
    "take_capture_callback": Sample(path=TOKEN, body=EMPTY),
    # integrations
    "list_integrations": READ,
    "read_integration": Sample(path=WECOM),
    "change_integration": Sample(path=WECOM, body=say(is_on=False)),
    "check_integration": Sample(path=WECOM, body=EMPTY),
    "read_directory": Sample(path=WECOM, body=EMPTY),
    "read_sync": Sample(path=WECOM_SYNC),
    "apply_sync": Sample(path=WECOM_SYNC, body=EMPTY),
    "list_linked_people": Sample(path=WECOM),
    "link_person": Sample(path=WECOM, body=say(external_id="zhangsan")),
    "unlink_person": Sample(path=WECOM),
    "verify_callback": Sample(path=WECOM),
    "take_callback": Sample(path=WECOM, body=EMPTY),
    # transfer
    "create_import": Sample(body=a_table, is_form=True),
    "list_imports": READ,
    "get_import": READ,
    "change_import": Sample(body=say(policy="create")),
    "preview_import": READ,
    "start_import": Sample(body=EMPTY),
    "resume_import": Sample(body=EMPTY),
    "cancel_import": Sample(body=EMPTY),
    "revert_import": Sample(body=EMPTY),
    "import_errors": READ,
    "create_export": Sample(body=lambda target: {"record_type": target.record_type}),
    "get_export": READ,
    "export_file": READ,
}


def sample_of(name: str) -> Sample:
    """The sample of an operation; a bare request where there is none (which fails its own test)."""
    return SAMPLES.get(name, READ)
