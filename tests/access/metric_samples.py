"""One well-formed request for every endpoint of figures."""

from tests.access import boards_samples, export_samples
from tests.access.requests import READ, Sample, say

PERIOD = {"since": "2026-11-01", "until": "2026-11-30"}
KEY = {"key": "penetration"}
PILOT = {
    "name": "样例",
    "about": {"kind": "other"},
    "unit_id": 1,
    "line": "imaging",
    "since": "2026-11-01",
    "metrics": ["step_backs"],
}
SAMPLES: dict[str, Sample] = {
    **export_samples.SAMPLES,
    **boards_samples.SAMPLES,
    "list_metrics": READ,
    "list_boards": READ,
    "list_metric_versions": Sample(path=KEY),
    "publish_metric": Sample(body=say(document={}, version=0, note="样例")),
    "read_figures": Sample(path=KEY, query=PERIOD),
    "list_things_behind": Sample(path=KEY, query=PERIOD),
    "list_pilots": READ,
    "read_self_check": READ,
    "begin_pilot": Sample(body=say(**PILOT)),
    "read_pilot": Sample(path={"pilot_id": "1"}),
    "change_pilot": Sample(path={"pilot_id": "1"}, body=say(**PILOT), headers={"if-match": '"1"'}),
    "remove_pilot": Sample(path={"pilot_id": "1"}, headers={"if-match": '"1"'}),
}
