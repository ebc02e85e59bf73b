"""One well-formed request for every endpoint of nurture."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import EMPTY, NAME, READ, Sample, say

NURTURE = {"key": "below_threshold"}
TEMPLATE = {"key": "welcome_mail"}
SAMPLES: dict[str, Sample] = {
    "list_nurture_paths": READ,
    "create_nurture_path": Sample(body=say(key="sample", name=NAME)),
    "read_nurture_catalogue": READ,
    "read_nurture_path": Sample(path=NURTURE),
    "read_nurture_version": Sample(path={**NURTURE, "number": "1"}),
    "write_nurture_draft": Sample(path=NURTURE, body=say(definition={})),
    "drop_nurture_draft": Sample(path=NURTURE),
    "check_nurture_path": Sample(path=NURTURE, body=say(definition={})),
    "preview_nurture_path": Sample(path=NURTURE, body=EMPTY),
    "rehearse_nurture_path": Sample(
        path=NURTURE, body=lambda target: {"record_id": target.ids["record_id"]}
    ),
    "publish_nurture_path": Sample(path=NURTURE, body=EMPTY),
    "switch_nurture_path": Sample(path=NURTURE, body=say(is_active=False)),
    "read_nurture_report": Sample(path=NURTURE),
    "list_nurture_enrolments": READ,
    "read_nurture_enrolment": Sample(path={"enrolment_id": "1"}),
    "enrol_in_nurture": Sample(
        path=NURTURE, body=lambda target: {"ids": [target.ids["record_id"]]}
    ),
    "leave_nurture": Sample(path={"enrolment_id": "1"}, body=say(note="样例")),
    "read_record_nurture": READ,
    "list_nurture_messages": READ,
    "read_nurture_message": Sample(path={"message_id": "1"}),
    "resend_nurture_message": Sample(path={"message_id": "1"}, body=EMPTY),
    "list_nurture_templates": READ,
    "create_nurture_template": Sample(body=say(key="sample", name=NAME, channel="mail")),
    "read_nurture_template": Sample(path=TEMPLATE),
    "write_nurture_template_draft": Sample(path=TEMPLATE, body=say(definition={})),
    "drop_nurture_template_draft": Sample(path=TEMPLATE),
    "check_nurture_template": Sample(path=TEMPLATE, body=say(definition={})),
    "publish_nurture_template": Sample(path=TEMPLATE, body=EMPTY),
    "preview_nurture_template": Sample(path=TEMPLATE, body=EMPTY),
    "send_nurture_test": Sample(path=TEMPLATE, body=EMPTY),
    "archive_nurture_template": Sample(path=TEMPLATE, body=say(is_archived=False)),
    "list_nurture_items": READ,
    "create_nurture_item": Sample(body=say(title=NAME, url="https://www.example.com/a")),
    "upload_nurture_item": Sample(
        body=lambda _target: {
            "file": SimpleUploadedFile("样例.txt", "样例".encode()),
            "title": "样例",
        },
        is_form=True,
    ),
    "change_nurture_item": Sample(path={"item_id": "1"}, body=say(topic="样例")),
    "nurture_item_content": Sample(path={"item_id": "1"}),
    "list_nurture_suppressions": READ,
    "add_nurture_suppression": Sample(
        body=say(channel="mail", address="sample@clinic.example", note="样例")
    ),
    "lift_nurture_suppression": Sample(
        path={"suppression_id": "1"}, body=say(reason="本人来电同意")
    ),
    "read_nurture_settings": READ,
    "change_nurture_settings": Sample(
        body=say(
            channels=[
                {
                    "channel": "sms",
                    "per_day": 1,
                    "per_week": 3,
                    "from_time": "09:00",
                    "to_time": "20:00",
                    "only_working_days": True,
                }
            ]
        )
    ),
    "take_nurture_reply": Sample(
        path={"provider": "aliyun", "token": "sample"}, body=say(phone_number="13800000000")
    ),
}
