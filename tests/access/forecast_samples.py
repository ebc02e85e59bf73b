"""One well-formed request for every endpoint of forecast, targets and layers."""

from tests.access.requests import READ, Sample

SAMPLES: dict[str, Sample] = {
    "read_forecast": READ,
    "list_forecast_deals": READ,
    "read_forecast_accuracy": READ,
}
