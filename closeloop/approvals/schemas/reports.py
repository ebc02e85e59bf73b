"""What the report's endpoints give."""

from typing import Any

from closeloop.approvals.schemas.pieces import Answer


class Figures(Answer):
    """The figures of a node or an approver. Times in seconds.

    `late_rate` is over the `timed` asks: those whose due time fell in the period and is past.
    """

    cases: int
    asks: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    working_mean_s: float | None
    working_median_s: float | None
    working_p90_s: float | None
    refused: int
    refused_rate: float | None
    returned: int
    returned_rate: float | None
    timed: int
    late: int
    late_rate: float | None


class ReportRow(Figures):
    """A node (of a flow) or an approver, with the same figures one month before."""

    key: str
    flow: str
    name: dict[str, str]
    previous: Figures | None


class EndToEnd(Answer):
    """Cases that ended in the period, from opening to end."""

    cases: int
    granted: int
    refused: int
    withdrawn: int
    ended: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    working_mean_s: float | None
    working_median_s: float | None
    working_p90_s: float | None
    previous: dict[str, Any] | None


class Report(Answer):
    """The whole report."""

    rows: list[ReportRow]
    end_to_end: EndToEnd
