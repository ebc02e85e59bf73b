"""One well-formed request for every endpoint of playbooks and of the language model."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import EMPTY, NAME, READ, Sample, say

ENTRY = {"entry_id": "1"}
CONTENT = {"title": NAME, "body": NAME}
SAMPLES: dict[str, Sample] = {
    "list_playbooks": READ,
    "propose_playbook": Sample(body=say(kind="talk_track", content=CONTENT)),
    "read_playbook_facets": READ,
    "suggest_playbooks": Sample(query={"situation": "样例"}),
    "playbook_file_content": Sample(path={"material_id": "1"}),
    "read_playbook": Sample(path=ENTRY),
    "write_playbook_draft": Sample(path=ENTRY, body=say(content=CONTENT)),
    "drop_playbook_draft": Sample(path=ENTRY),
    "publish_playbook": Sample(path=ENTRY, body=EMPTY),
    "archive_playbook": Sample(path=ENTRY, body=EMPTY),
    "restore_playbook": Sample(path=ENTRY, body=EMPTY),
    "read_playbook_version": Sample(path={**ENTRY, "number": "1"}),
    "add_playbook_file": Sample(
        path=ENTRY,
        body=lambda _target: {"file": SimpleUploadedFile("样例.txt", "样例".encode())},
        is_form=True,
    ),
    "read_playbook_usage": Sample(query={"since": "2026-10-01", "until": "2026-10-31"}),
    "read_playbook_settings": READ,
    "change_playbook_settings": Sample(body=say(failures=3)),
    "read_playbook_uses": Sample(path=ENTRY),
    "note_playbook_use": Sample(
        path=ENTRY, body=lambda target: {"kind": "used", "record_id": target.ids["record_id"]}
    ),
    "rate_playbook": Sample(path=ENTRY, body=say(is_helpful=True)),
    "list_playbook_pushes": READ,
    "see_playbook_pushes": Sample(body=EMPTY),
    "push_playbook": Sample(path=ENTRY, body=say(people=[1])),
    "make_playbook_plan": Sample(
        body=lambda target: {"situation": "样品被拒收", "record_id": target.ids["record_id"]}
    ),
    "take_playbook_plan": Sample(
        body=lambda target: {
            "record_id": target.ids["record_id"],
            "steps": [{"title": "样例", "due_at": "2026-10-01T10:00:00Z"}],
            "as_next_date": False,
        }
    ),
    "read_language": READ,
    "change_language": Sample(body=say(timeout_s=20)),
    "try_language": Sample(body=EMPTY),
    "list_language_questions": READ,
}
