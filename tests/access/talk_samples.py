"""One well-formed request for every endpoint of recognition, conversations and signed pages."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.requests import EMPTY, READ, Sample, say

READING = {"reading_id": "1"}
TALK = {"conversation_id": "1"}
SOURCE = {"source_id": "1"}
PROMISE = {"promise_id": "1"}
MAILBOX = {"host": "imap.example.com", "user": "a", "address": "a@example.com", "password": "x"}
SAMPLES: dict[str, Sample] = {
    "read_recognition": Sample(path=READING),
    "repeat_recognition": Sample(path=READING, body=EMPTY),
    "read_speech_set_up": READ,
    "change_speech_set_up": Sample(body=say(backend="off")),
    "list_conversations": READ,
    "count_waiting_conversations": READ,
    "add_conversation": Sample(
        body=lambda target: {
            "kind": "minutes",
            "text": "样例",
            "record_id": target.ids["record_id"],
        }
    ),
    "upload_conversation": Sample(
        body=lambda _target: {
            "file": SimpleUploadedFile("样例.txt", "样例".encode()),
            "kind": "minutes",
        },
        is_form=True,
    ),
    "read_conversation": Sample(path=TALK),
    "change_conversation": Sample(path=TALK, body=say(text="样例")),
    "file_conversation": Sample(
        path=TALK, body=lambda target: {"record_id": target.ids["record_id"]}
    ),
    "ignore_conversation": Sample(path=TALK, body=EMPTY),
    "reply_to_conversation": Sample(path=TALK, body=say(text="样例")),
    "conversation_content": Sample(path=TALK),
    "confirm_promise": Sample(path=PROMISE, body=EMPTY),
    "decline_promise": Sample(path=PROMISE, body=EMPTY),
    "list_conversation_sources": READ,
    "create_conversation_source": Sample(body=say(kind="mailbox", name="样例", settings=MAILBOX)),
    "change_conversation_source": Sample(path=SOURCE, body=say(name="样例", settings={})),
    "remove_conversation_source": Sample(path=SOURCE),
    "take_archived_messages": Sample(path=SOURCE, body=say(messages=[])),
    "sign_page": Sample(path={"provider": "wecom"}, body=say(url="http://testserver/m")),
    "read_conversation_filing": READ,
    "change_conversation_filing": Sample(body=say(threshold=0.8)),
}
