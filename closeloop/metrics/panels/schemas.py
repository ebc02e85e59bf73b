"""What the addresses about panels take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.moments import Day
from closeloop.metrics.panels.blockers import Kind
from closeloop.metrics.panels.stages import Reason
from closeloop.metrics.schemas import Id, MetricCorrected, MetricFigure, NameOut

Place = Annotated[int, Field(ge=0, lt=200)]
Word = Annotated[str, Field(max_length=120)]


class PanelQuery(Schema):
    """Of which unit with all below it."""

    unit: Id | None = None


class CoverageBehindQuery(PanelQuery):
    """Which tile's customers."""

    region: Id | None = None


class BlockerQuery(PanelQuery):
    """When; both days are in it."""

    since: Day
    until: Day


class BlockerBehindQuery(BlockerQuery):
    """What stopped them."""

    kind: Kind
    key: Word


class StageBehindQuery(PanelQuery):
    """What stopped deals in which stage, or why they were lost from it."""

    since: Day
    until: Day
    stage: Word
    kind: Reason
    key: Word


class PanelRecord(Schema):
    """A record that the viewer may open."""

    id: int
    type: str
    title: str


class PanelPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class PanelUnit(Schema):
    """A unit by id and name."""

    id: int
    name: str


class PanelAnswer(Schema):
    """Until when it is complete, and what was last set right by hand."""

    as_of: datetime
    corrected: MetricCorrected | None


class PanelLine(Schema):
    """A record on a list: whose it is, since when it is so, how many days, by which rule."""

    record: PanelRecord
    owner: PanelPerson | None
    unit: str | None
    since: datetime
    days: int
    why: NameOut | None


class PanelLines(PanelAnswer):
    """The lines, the longest first; `is_capped`: there are more."""

    items: list[PanelLine]
    is_capped: bool


class CoverageTile(Schema):
    """A unit: customers with potential, how many were followed up, have waited, are too new."""

    unit: PanelUnit
    customers: int
    covered: int
    uncovered: int
    fresh: int
    conversion: MetricFigure | None
    state: Literal["red", "green", "plain"]


class CoverageOut(PanelAnswer):
    """The tiles; how many working days count, from which day on; the week of the conversion."""

    days: int
    since: date
    week_since: date
    week_until: date
    tiles: list[CoverageTile]


class BlockerOut(Schema):
    """What stopped deals: how often, and how many."""

    kind: Kind
    key: str
    name: NameOut
    attempts: int
    records: int


class BlockersOut(PanelAnswer):
    """What stopped most deals first."""

    items: list[BlockerOut]


class LossOut(Schema):
    """Why deals were lost, and how many."""

    key: str
    name: NameOut
    records: int


class StageRow(Schema):
    """A stage of the deal process; a figure is null where nothing was counted."""

    key: str
    name: NameOut
    stay: MetricFigure | None
    conversion: MetricFigure | None
    overstaying: MetricFigure | None
    blockers: list[BlockerOut]
    losses: list[LossOut]


class StageMetrics(Schema):
    """Which metrics the figures of the table are."""

    stay: str
    conversion: str
    overstaying: str


class StageTableOut(Schema):
    """The open stages in order. `as_of` null: nothing has been counted yet."""

    as_of: datetime | None
    corrected: MetricCorrected | None
    since: date
    until: date
    metrics: StageMetrics
    rows: list[StageRow]


class StoppedOut(Schema):
    """A record that was stopped: how often, and when last."""

    record: PanelRecord
    owner: PanelPerson | None
    attempts: int
    last_at: datetime


class StoppedList(Schema):
    """The records behind a blocker, the latest first."""

    items: list[StoppedOut]


class RankingPlace(Schema):
    """Somebody's place. `record`: what stands behind it, where the viewer may open it."""

    rank: int
    person: PanelPerson
    unit: str | None
    value: float
    beside: float | None
    record: PanelRecord | None
    is_me: bool


class RankingOut(PanelAnswer):
    """The first places, and the viewer's own."""

    unit: Literal["count", "days", "share"]
    since: date
    until: date
    items: list[RankingPlace]
    mine: RankingPlace | None


class BattleStage(Schema):
    """A stage as a pack of actions to finish before it is left, and how long it should take."""

    key: str
    name: NameOut
    actions: list[NameOut]
    expected_days: int | None


class BattleCell(Schema):
    """Open deals of a unit in a stage. `amount` is null where the viewer must not learn it."""

    unit: int
    stage: str
    count: int
    amount: Decimal | None
    red: int


class BattleMap(PanelAnswer):
    """Units by stages."""

    stages: list[BattleStage]
    units: list[PanelUnit]
    cells: list[BattleCell]


class BattleBehindQuery(PanelQuery):
    """Which cell."""

    region: Id | None = None
    stage: Word


class Happened(Schema):
    """What was recorded, in words."""

    id: int
    at: datetime
    text: str
    person: PanelPerson | None
    record: PanelRecord


class HappenedOut(Schema):
    """What happened today, the newest first."""

    items: list[Happened]
    as_of: datetime
