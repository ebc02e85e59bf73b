"""Documents with a little of everything."""

from datetime import UTC, datetime

from closeloop.documents.content import (
    Bar,
    Bars,
    Column,
    Content,
    Figure,
    Figures,
    Moment,
    Table,
    Text,
    Timeline,
    plain,
    said,
)

HOSTILE = '#import "@preview/x": * *星* $x$ <label> @ref _a_ `code` // #panic("no") \\u{1f}'
RARE = "喆翀燚堃玥"


def everything(text: str = "客户要求下周签约") -> Content:
    """One block of every kind, the text in each place that takes one."""
    return Content(
        title=plain(text),
        subtitle=said("大区", "Region"),
        blocks=(
            Figures((Figure(plain(text), said("8 小时", "8 h"), "bad", plain(text)),)),
            Text([plain(text)], title=plain(text), tone="warning"),
            Text([plain(text), plain(text)], is_list=True),
            Table(
                columns=[Column(plain(text)), Column(said("停留", "Stay"), "right")],
                rows=[[plain(text), plain("21.3")]],
                tones=["bad"],
            ),
            Bars(unit=said("天", "days"), items=[Bar(plain(text), 21.3, 14, "bad")]),
            Timeline([Moment(datetime(2026, 11, 2, 3, 4, tzinfo=UTC), plain(text), text)]),
        ),
    )
