"""What the channel board's endpoints take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Name, Person
from closeloop.edge.moments import Day
from closeloop.edge.texts import Paragraph


class BoardQuery(Schema):
    """Which board: two days, both counted, and the currency of its amounts."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    currency: str = Field("", max_length=3)


class FunnelQuery(Schema):
    """Which funnel: two days, both counted, of one channel or of all."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    channel: str | None = Field(None, max_length=100)


class FunnelDrillQuery(FunnelQuery):
    """Which figure's leads."""

    figure: str = Field("leads", max_length=63)
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


class FunnelStepOut(Answer):
    """A step of the funnel, after the leads that came."""

    key: str
    name: Name


class ChannelRow(Answer):
    """A channel's figures. Shares are of `counts.leads`; that of dormant leads is of `open`.

    Costs are null for whom they may not be set against leads, or where nothing was entered.
    """

    key: str
    name: Name
    counts: dict[str, int]
    amount: Decimal | None
    cost: Decimal | None
    cost_per: dict[str, Decimal]


class ChannelBoardOut(Answer):
    """What came over each channel in a period and what became of it, as of a moment."""

    as_of: datetime
    since: date
    until: date
    currency: str
    other_currencies: list[str]
    is_everything: bool
    dormant_after_days: int
    policy: Name | None
    steps: list[FunnelStepOut]
    channels: list[ChannelRow]
    whole: ChannelRow


class LinkOut(Answer):
    """How many went on from one step to the next; of the rest, who is lost and who is open.

    `verdict` where the standard has shares for it; of few leads nothing is said.
    """

    key: str
    step: str
    reached: int
    passed: int
    lost: int
    open: int
    normal: float | None
    abnormal: float | None
    norm_source: Literal["pack", "own"]
    norm_number: int
    verdict: Literal["normal", "low", "abnormal", "few"] | None


class FunnelMonth(Answer):
    """The leads that came in a month, link by link; `bottleneck` lost the largest share."""

    month: date
    links: list[LinkOut]
    bottleneck: str | None


class FunnelOut(Answer):
    """The funnel by month, as of a moment."""

    as_of: datetime
    since: date
    until: date
    steps: list[FunnelStepOut]
    months: list[FunnelMonth]
    whole: FunnelMonth


class NormIn(Schema, extra="forbid"):
    """Which shares are normal and abnormal at a link; both null: what the pack says."""

    normal: Decimal | None = Field(None, ge=0, le=1, max_digits=5, decimal_places=4)
    abnormal: Decimal | None = Field(None, ge=0, le=1, max_digits=5, decimal_places=4)
    note: Annotated[Paragraph, Field(max_length=500)] = ""


class NormVersion(Answer):
    """A version of a link's norm; without shares it gave the word back to the pack."""

    number: int
    normal: float | None
    abnormal: float | None
    note: str
    set_by: str
    set_at: datetime


class NormOut(Answer):
    """What is normal at a link (from the step before), who says so, and every version of it."""

    key: str
    name: Name
    step: Name
    normal: float | None
    abnormal: float | None
    source: Literal["pack", "own"]
    number: int
    set_by: str
    set_at: datetime | None
    shipped_normal: float | None
    shipped_abnormal: float | None
    versions: list[NormVersion]


class SpendIn(Schema, extra="forbid"):
    """What a channel cost over some days, both counted."""

    channel: str = Field(max_length=100)
    first_day: Day
    last_day: Day
    amount: Decimal = Field(gt=0, max_digits=18, decimal_places=2)
    currency: str = Field(max_length=3)
    note: Annotated[Paragraph, Field(max_length=500)] = ""


class SpendOut(Answer):
    """An entry, and who made it."""

    id: int
    channel: str
    name: Name
    first_day: date
    last_day: date
    amount: Decimal
    currency: str
    note: str
    entered_by: Person | None
    entered_at: datetime


class SpendList(Answer):
    """The entries of a span, with the choices for a new one."""

    items: list[SpendOut]
    channels: list[FunnelStepOut]
    currencies: list[str]
