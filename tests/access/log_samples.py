"""One well-formed request for every endpoint of support and the sales log."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import EMPTY, READ, Sample, say

CASE = {"support_id": "1"}
EVENT = {"log_event_id": "1"}
CLIENT = "7b0d3a9e-0000-4000-8000-000000000002"
VERSION = {"if-match": '"1"'}
PERIOD = {"since": "2026-11-01T00:00:00Z", "until": "2026-12-01T00:00:00Z"}
SAMPLES: dict[str, Sample] = {
    "read_support_options": READ,
    "list_support_cases": READ,
    "read_support_owner": Sample(query={"kind": "technical"}),
    "open_support_case": Sample(
        body=lambda target: {
            "kind": "technical",
            "what": "样例",
            "record_id": target.ids["record_id"],
        }
    ),
    "read_support_case": Sample(path=CASE),
    "give_support": Sample(path=CASE, body=say(kind="solution", text="样例"), headers=VERSION),
    "confirm_support": Sample(path=CASE, body=EMPTY, headers=VERSION),
    "reopen_support_case": Sample(path=CASE, body=say(note="样例"), headers=VERSION),
    "withdraw_support_case": Sample(path=CASE, body=say(note="样例"), headers=VERSION),
    "assign_support_case": Sample(path=CASE, body=say(owner_id=1), headers=VERSION),
    "add_support_file": Sample(
        path=CASE,
        body=lambda _target: {"file": SimpleUploadedFile("样例.txt", "样例".encode())},
        is_form=True,
    ),
    "remove_support_file": Sample(path={**CASE, "document": "1"}),
    "support_file_content": Sample(path={"document": "1"}),
    "support_file_thumbnail": Sample(path={"document": "1"}),
    "read_support_figures": Sample(query=PERIOD),
    "list_cases_behind": Sample(query=PERIOD),
    "read_support_settings": READ,
    "publish_support_settings": Sample(body=say(definition={}), headers=VERSION),
    "rehearse_support_settings": Sample(body=say(definition={})),
    "rehearse_log_settings": Sample(body=say(definition={})),
    "read_log_options": READ,
    "read_log_day": Sample(path={"day": "2026-11-20"}),
    "send_log": Sample(body=say(client_id=CLIENT, day="2026-11-20")),
    "report_log_event": Sample(
        body=lambda target: {
            "client_id": CLIENT,
            "type": "new_need",
            "record_id": target.ids["record_id"],
        }
    ),
    "take_back_log_event": Sample(path=EVENT),
    "add_log_picture": Sample(
        path=EVENT,
        body=lambda _target: {"file": SimpleUploadedFile("样例.txt", "样例".encode())},
        is_form=True,
    ),
    "file_log_facts": Sample(path=EVENT, body=say(facts=[0])),
    "log_picture": Sample(path=EVENT),
    "log_picture_thumbnail": Sample(path=EVENT),
    "read_log_suggestions": Sample(query={"type": "new_need"}),
    "read_log_team": READ,
    "list_log_surges": READ,
    "read_log_surge": Sample(path={"surge_id": "1"}),
    "read_log_settings": READ,
    "publish_log_settings": Sample(body=say(definition={}), headers=VERSION),
}
