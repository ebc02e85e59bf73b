"""One well-formed request for every endpoint of figures as files and by mail."""

from tests.access.requests import Sample

WEEK = {"period": "last_week", "by": "unit", "chart": "bars", "format": "xlsx"}
SAMPLES: dict[str, Sample] = {
    "export_figures": Sample(path={"key": "penetration"}, query=WEEK),
    "export_board": Sample(path={"key": "morning"}, query={"format": "pdf"}),
}
