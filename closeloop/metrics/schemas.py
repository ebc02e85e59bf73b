"""What the addresses about figures take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from closeloop.edge.moments import Day
from closeloop.metrics.periods import Compare
from closeloop.metrics.queries.behind import Part

Id = Annotated[int, Field(ge=0, lt=2**63)]
NameOut = dict[str, str]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
LONGEST_KIND = 130
Dimension = Literal["day", "week", "month", "unit", "person", "kind", "flow"]
Said = Annotated[
    str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")
]


class MetricThreshold(Schema):
    """From where on a figure is good, from where bad, and who says so."""

    good: float
    bad: float
    source: NameOut


class MetricOut(Schema):
    """A metric with everything that can be said about it. `is_now`: it says how things stand now,
    whichever period is asked for; it cannot be broken down by time.
    """

    key: str
    name: NameOut
    format: Literal["share", "met", "missed", "count", "sum", "mean"]
    numerator: NameOut
    denominator: NameOut | None
    source: NameOut
    exclusions: NameOut
    unit: NameOut | None
    threshold: MetricThreshold | None
    period: Literal["day", "week", "month", "quarter"]
    is_now: bool
    can_target: bool
    dimensions: list[Dimension]
    kinds: list["MetricKind"]
    version: int
    published_at: datetime
    published_by: str | None


class MetricKind(Schema):
    """A kind by which the things behind a metric are told apart."""

    key: str
    name: NameOut


class MetricList(Schema):
    """All metrics, and until when they are counted."""

    items: list[MetricOut]
    as_of: datetime | None


class BoardPanel(Schema):
    """A figure on a board; `days`: it looks back over as many at least, to the period's end."""

    metric: str | None
    name: NameOut
    chart: Literal[
        "card", "bars", "matrix", "coverage", "list", "blockers", "ranking", "stages", "targets"
    ]
    source: str | None
    by: Dimension | None
    and_by: Dimension | None
    days: int | None


class BoardPage(Schema):
    """A page that tells more of the same."""

    path: str
    name: NameOut


class BoardOut(Schema):
    """A board: the periods that it can show, the usual one first, and its panels in order."""

    key: str
    name: NameOut
    about: NameOut
    page: BoardPage | None
    periods: list[
        Literal["yesterday", "week", "last_week", "month", "last_month", "quarter", "year"]
    ]
    panels: list[BoardPanel]


class BoardList(Schema):
    """Every board; what today is, and the last working day before it by the company's calendar.

    `programs`: accounts that programs use, which are no people in lists of people.
    """

    items: list[BoardOut]
    today: date
    last_workday: date
    programs: list[int]


class MetricVersion(Schema):
    """One published version of a metric's definition."""

    version: int
    document: dict[str, Any]
    note: str
    published_at: datetime
    published_by: str | None


class MetricHistory(Schema):
    """The versions of a metric, the newest first."""

    items: list[MetricVersion]


class MetricIn(Schema):
    """A definition to publish after the version that was read (0: a new metric), and why."""

    document: dict[str, Any]
    version: Annotated[int, Field(ge=0, lt=2**31)]
    note: Said


class MetricQuery(Schema):
    """When, of whom, broken down by what, beside which other period. Both days are in it."""

    since: Day
    until: Day
    by: Dimension | None = None
    and_by: Dimension | None = None
    unit: Id | None = None
    person: Id | None = None
    kind: Annotated[str, Field(max_length=LONGEST_KIND)] | None = None
    compare: Compare | None = None


class MetricFigure(Schema):
    """A value (null: nothing to divide by), its parts, its 95 % interval, and its level."""

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    low: float | None
    high: float | None
    level: Literal["good", "middle", "bad", "none"]


class MetricRow(Schema):
    """The figure under one key, or one pair; keys are days, ids of units or people, kinds."""

    key: str
    label: NameOut
    and_key: str | None
    and_label: NameOut | None
    figure: MetricFigure
    before: MetricFigure | None


class MetricCorrected(Schema):
    """What was last set right by hand in what the viewer may see."""

    at: datetime
    by: str | None
    what: str
    reason: str


class MetricFigures(Schema):
    """A figure, the one before, its rows; until when it is complete, what was set right last.

    `is_now`: it says how things stand at `as_of`; the period that was asked for plays no part.
    """

    metric: str
    since: date
    until: date
    is_now: bool
    as_of: datetime | None
    corrected: MetricCorrected | None
    total: MetricFigure
    before: MetricFigure | None
    rows: list[MetricRow]


class MetricThingQuery(Schema):
    """Which of the things behind a figure; `region` is the key of a row by unit.

    `line` is a product line. With `rest` those that stand beside it in a pilot, or beside the unit.
    """

    since: Day
    until: Day
    part: Part = "all"
    unit: Id | None = None
    region: Id | None = None
    person: Id | None = None
    kind: Annotated[str, Field(max_length=LONGEST_KIND)] | None = None
    line: Annotated[str, Field(max_length=60)] = ""
    rest: bool = False
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class MetricThingRecord(Schema):
    """The record a thing is about, where the viewer may open it."""

    id: int
    type: str
    title: str


class MetricThingPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class MetricThing(Schema):
    """One thing behind a figure. `record` null: there is none, or it is out of one's reach.

    `value` is what it adds to a mean or a sum (days), null where it is only counted.
    """

    at: datetime
    id: int
    measure: NameOut
    kind: NameOut | None
    record: MetricThingRecord | None
    person: MetricThingPerson | None
    unit: str | None
    is_met: bool | None
    value: Decimal | None


class MetricThingPage(Schema):
    """Things, and where the next page begins."""

    items: list[MetricThing]
    next_cursor: str | None


class PilotAbout(Schema):
    """What was switched on."""

    kind: Literal["standard", "policy", "blueprint", "other"]
    key: Annotated[str, Field(max_length=60)] = ""


class PilotIn(Schema):
    """A pilot: what, where, its first and last day, and by which metrics it is judged.

    In a unit, or of a product `line`: then in the unit alone, or in the whole company without one.
    """

    name: Annotated[Said, Field(min_length=1, max_length=100)]
    about: PilotAbout
    note: Said = ""
    unit_id: Id | None = None
    line: Annotated[str, Field(max_length=60)] = ""
    since: Day
    until: Day | None = None
    metrics: Annotated[list[Key], Field(min_length=1, max_length=12)]


class PilotUnit(Schema):
    """Where a pilot runs, with all below it."""

    id: int
    name: str


class PilotLine(Schema):
    """A product line."""

    key: str
    name: NameOut


class PilotOut(Schema):
    """A pilot; without a unit it is of a line in the whole company."""

    id: int
    name: str
    about: PilotAbout
    note: str
    unit: PilotUnit | None
    line: PilotLine | None
    since: date
    until: date | None
    metrics: list[str]
    made_by: str | None
    version: int


class PilotList(Schema):
    """Pilots, the newest first; the product lines that there are.

    `metrics` are those by which a pilot of a unit may be judged, `line_metrics` those of a line.
    """

    items: list[PilotOut]
    lines: list[PilotLine]
    metrics: list[str]
    line_metrics: list[str]


class PilotSpan(Schema):
    """Days that are compared, both ends in it."""

    since: date
    until: date


class PilotSide(Schema):
    """The figures before the pilot and since."""

    before: MetricFigure
    after: MetricFigure


class PilotRow(Schema):
    """One metric: the pilot's unit or line, all others, and what the pilot changed.

    `change` and its 95 % interval: of a share in parts of one, of a count the ratio less one.
    """

    metric: str
    name: NameOut
    format: Literal["share", "met", "missed", "count", "sum", "mean"]
    pilot: PilotSide
    rest: PilotSide
    change: float | None
    low: float | None
    high: float | None
    verdict: Literal["more", "less", "unclear", "too_few"]


class PilotPage(Schema):
    """A pilot with what it changed; no spans before its first day is over."""

    pilot: PilotOut
    before: PilotSpan | None
    after: PilotSpan | None
    rows: list[PilotRow]


class SelfCheckQuery(Schema):
    """A day of the month that is checked; this month where none is given."""

    month: Day | None = None


class SelfCheckRow(Schema):
    """One row: its figure with the counts it rests on, its norm, and what to do about it."""

    key: str
    name: NameOut
    unit: Literal["share", "days"]
    value: float | None
    hits: int | None
    of: int
    normal: float | None
    abnormal: float | None
    level: Literal["good", "middle", "bad", "none"]
    page: str
    countermeasures: list[NameOut]


class SelfCheckOut(Schema):
    """The self-check of a month."""

    month: date
    as_of: datetime
    rows: list[SelfCheckRow]
