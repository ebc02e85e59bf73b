"""One well-formed request for every endpoint of figures."""

from tests.access.requests import READ, Sample, say

PERIOD = {"since": "2026-11-01", "until": "2026-11-30"}
KEY = {"key": "penetration"}
SAMPLES: dict[str, Sample] = {
    "list_metrics": READ,
    "list_metric_versions": Sample(path=KEY),
    "publish_metric": Sample(body=say(document={}, version=0, note="样例")),
    "read_figures": Sample(path=KEY, query=PERIOD),
    "list_things_behind": Sample(path=KEY, query=PERIOD),
}
