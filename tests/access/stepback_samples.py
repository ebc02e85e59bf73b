"""One well-formed request for every endpoint of step-backs and attribution."""

from tests.access.requests import READ, Sample

SAMPLES: dict[str, Sample] = {
    "read_step_backs": READ,
    "list_step_back_records": READ,
    "read_win_touches": READ,
    "list_win_touch_deals": READ,
    "read_layers": READ,
    "list_layer_deals": Sample(query={"trait": "contacts"}),
}
