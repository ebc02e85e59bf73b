"""One well-formed request for every endpoint of privacy, agenda and the views over field work."""

from tests.access.requests import READ, Sample, say

WORDS = {"zh-CN": "样例", "en-US": "Sample"}
SAMPLES: dict[str, Sample] = {
    # privacy
    "list_privacy_purposes": READ,
    "answer_privacy_purpose": Sample(body=say(purpose="location", version=1, agreed=True)),
    "count_privacy_answers": READ,
    "publish_privacy_purpose": Sample(path={"key": "location"}, body=say(name=WORDS, text=WORDS)),
    "list_retention": READ,
    "preview_retention": Sample(path={"key": "card"}, query={"days": "30"}),
    "change_retention": Sample(path={"key": "card"}, body=say(days=30)),
    "list_privacy_accesses": READ,
    "read_held_about_contact": READ,
    "list_subject_requests": READ,
    "open_subject_request": Sample(
        body=lambda target: {
            "kind": "export",
            "contact_id": target.ids["record_id"],
            "reason": "样例",
        }
    ),
    "read_subject_request": Sample(path={"request_id": "1"}),
    "subject_request_file": Sample(path={"request_id": "1"}),
    # views over field work
    "read_busy": READ,
    "read_busy_behind": Sample(path={"person_id": "1"}),
    "read_texts": READ,
    "read_vague_texts": Sample(path={"person_id": "1"}),
    "read_doubts": READ,
    "list_stalled": READ,
    "read_customer_insight": READ,
    "read_insight_settings": READ,
    "change_insight_settings": Sample(
        body=say(
            busy_contacts=8,
            busy_percent=15,
            vague_length=8,
            vague_percent=30,
            burst_minutes=15,
            burst_contacts=4,
        )
    ),
    # agenda
    "read_agenda": Sample(query={"team": "true"}, is_personal=True),
    "read_weekly_list": READ,
    "set_weekly_list": Sample(body=say(is_on=True, weekday=4, at="17:00")),
}
