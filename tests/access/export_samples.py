"""One well-formed request for every endpoint of figures as files and by mail."""

from tests.access.requests import READ, Sample, say

WEEK = {"period": "last_week", "by": "unit", "chart": "bars", "format": "xlsx"}
MAIL = {
    "name": "样例",
    "about": {"board": "morning", "period": "last_week"},
    "recipients": [1],
    "rhythm": {"every": "week", "hour": 8, "weekdays": [1]},
}
SAMPLES: dict[str, Sample] = {
    "export_figures": Sample(path={"key": "penetration"}, query=WEEK),
    "list_figure_mails": READ,
    "begin_figure_mail": Sample(body=say(**MAIL)),
    "change_figure_mail": Sample(
        path={"mail_id": "1"}, body=say(**MAIL), headers={"if-match": '"1"'}
    ),
    "remove_figure_mail": Sample(path={"mail_id": "1"}),
    "leave_figure_mail": Sample(path={"mail_id": "1"}),
    "export_board": Sample(path={"key": "morning"}, query={"format": "pdf"}),
}
