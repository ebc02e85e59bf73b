"""One well-formed request for every endpoint of step-backs."""

from tests.access.requests import READ, Sample

SAMPLES: dict[str, Sample] = {
    "read_step_backs": READ,
    "list_step_back_records": READ,
}
