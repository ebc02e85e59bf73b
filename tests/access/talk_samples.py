"""One well-formed request for every endpoint of recognition and conversations."""

from tests.access.requests import EMPTY, READ, Sample, say

READING = {"reading_id": "1"}
SAMPLES: dict[str, Sample] = {
    "read_recognition": Sample(path=READING),
    "repeat_recognition": Sample(path=READING, body=EMPTY),
    "read_speech_set_up": READ,
    "change_speech_set_up": Sample(body=say(backend="off")),
}
