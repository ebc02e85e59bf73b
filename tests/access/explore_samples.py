"""One well-formed request for every endpoint of saved views of figures."""

from tests.access.requests import READ, Sample, say

VIEW = {
    "name": "样例",
    "document": {"metric": "penetration", "period": "month", "chart": "table"},
}
PATH = {"view_id": "1"}
SAMPLES: dict[str, Sample] = {
    "list_figure_views": READ,
    "save_figure_view": Sample(body=say(**VIEW)),
    "change_figure_view": Sample(path=PATH, body=say(**VIEW), headers={"If-Match": '"1"'}),
    "pin_figure_view": Sample(path=PATH, body=say(pinned=True)),
    "remove_figure_view": Sample(path=PATH),
}
