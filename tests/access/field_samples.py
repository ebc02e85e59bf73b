"""One well-formed request for every endpoint of fieldwork."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import READ, Sample, say

CLIENT = "7d1f0c52-6f3b-4f0e-9a55-0d8c5b0b6f01"
KEY = {"key": "visit"}
MATCH = {"If-Match": '"1"'}
DEFINITION = {
    "name": {"zh-CN": "样例", "en-US": "Sample"},
    "kinds": ["call"],
    "items": [
        {"key": "need", "kind": "tick", "name": {"zh-CN": "样例", "en-US": "Sample"}},
    ],
}


def followed(target):
    """A call about the target."""
    return {
        "client_id": CLIENT,
        "kind": "call",
        "record": {"type": target.record_type, "id": target.ids["record_id"]},
        "at": "2026-11-20T02:00:00Z",
        "text": "样例",
        "ticks": ["need"],
    }


SAMPLES: dict[str, Sample] = {
    "read_followup_options": READ,
    "explain_followup_standard": Sample(query={"kind": "call"}),
    "read_followup_penetration": READ,
    "record_followup": Sample(body=followed),
    "sync_followups": Sample(body=lambda target: {"items": [followed(target)]}),
    "list_followups": READ,
    "read_followup": Sample(path={"followup_id": "1"}),
    "change_followup_draft": Sample(path={"followup_id": "1"}, body=followed, headers=MATCH),
    "drop_followup_draft": Sample(path={"followup_id": "1"}),
    "correct_followup": Sample(path={"followup_id": "1"}, body=followed),
    "judge_followup_doubt": Sample(
        path={"followup_id": "1", "kind": "copied_text"}, body=say(verdict="accepted")
    ),
    "list_followup_customers": READ,
    "set_followup_place": Sample(
        path={"customer_id": "1"}, body=say(latitude=31.2, longitude=121.4)
    ),
    "send_followup_file": Sample(
        body=lambda _target: {
            "file": SimpleUploadedFile("样例.txt", "样例".encode()),
            "client_id": CLIENT,
            "kind": "document",
        },
        is_form=True,
    ),
    "followup_file_content": Sample(path={"upload_id": "1"}),
    "followup_file_thumbnail": Sample(path={"upload_id": "1"}),
    "list_followup_standards": READ,
    "create_followup_standard": Sample(body=say(key="sample", definition=DEFINITION)),
    "read_followup_standard": Sample(path=KEY),
    "write_followup_standard_draft": Sample(
        path=KEY, body=say(definition=DEFINITION), headers=MATCH
    ),
    "drop_followup_standard_draft": Sample(path=KEY, headers=MATCH),
    "rehearse_followup_standard": Sample(path=KEY, body=say(definition=DEFINITION)),
    "publish_followup_standard": Sample(path=KEY, headers=MATCH),
    "retire_followup_standard": Sample(path=KEY, body=say(is_retired=False), headers=MATCH),
}
