"""One well-formed request for every endpoint of forecast, targets and layers."""

from tests.access.requests import READ, Sample, say

TARGET = {"unit": 1, "month": "2026-11-01", "amount": "100000", "version": 0}
SAMPLES: dict[str, Sample] = {
    "read_forecast": READ,
    "list_forecast_deals": READ,
    "read_forecast_accuracy": READ,
    "list_targets": READ,
    "list_target_deals": Sample(query={"since": "2026-01-01", "until": "2026-12-31"}),
    "set_targets": Sample(body=say(cells=[TARGET])),
}
