"""What the addresses about scoring take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, Field

NameOut = dict[str, str]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class GradeShare(BaseModel):
    """How many records have a grade, and their mean score; null is without a grade."""

    grade: str | None
    count: int
    mean: float


class ScorecardRow(BaseModel):
    """A scorecard as lists show it. `sentences` by rule; those of grades as `grade:<key>`."""

    key: str
    name: NameOut
    about: str
    version: int | None
    has_draft: bool
    sentences: dict[str, str]
    grades: list[GradeShare]


class ScorecardVersionRow(BaseModel):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str


class ScorecardOut(ScorecardRow):
    """A scorecard with its versions, what counts now, and what is being written."""

    versions: list[ScorecardVersionRow]
    current: dict[str, Any] | None
    draft: dict[str, Any] | None
    drafted_at: datetime | None


class ScorecardVersionOut(BaseModel):
    """What a version says."""

    number: int
    definition: dict[str, Any]
    sentences: dict[str, str]


class ScorecardIn(Schema, extra="forbid"):
    """A scorecard as it is being written."""

    definition: dict[str, Any]


class ScorecardTried(Schema, extra="forbid"):
    """A scorecard to be tried; without one the draft, else the current version."""

    definition: dict[str, Any] | None = None


class ScorecardProblem(BaseModel):
    """A fault of a scorecard; `path` is a JSON Pointer."""

    code: str
    path: str
    data: dict[str, Any]
    message: str


class ScorecardChecked(BaseModel):
    """Problems, or else the sentences of a scorecard."""

    problems: list[ScorecardProblem]
    sentences: dict[str, str]


class ScoredRecord(BaseModel):
    """A record by its title."""

    id: int
    type: str
    title: str


class GradeMoveExample(BaseModel):
    """A record that would move."""

    record: ScoredRecord
    from_score: int | None
    to_score: int


class GradeMove(BaseModel):
    """How many records would go from one grade to another."""

    from_grade: str | None
    to_grade: str | None
    count: int
    examples: list[GradeMoveExample]


class ScoreBand(BaseModel):
    """How many records have a score from `least` on, ten points wide, before and after."""

    least: int
    before: int
    after: int


class ScorecardPreview(BaseModel):
    """Who would move; `is_partial`: only the newest records were looked at."""

    records: int
    is_partial: bool
    changed: int
    moves: list[GradeMove]
    bands: list[ScoreBand]


class FactOffered(BaseModel):
    """A fact that conditions may ask for."""

    key: str
    name: NameOut
    type: str
    choices: list[str]


class KindOffered(BaseModel):
    """A kind of behaviour and the data by which rules may tell one from another."""

    key: str
    name: NameOut
    data: list[str]


class StageOffered(BaseModel):
    """A stage by its name."""

    key: str
    name: NameOut


class ScoreFacts(BaseModel):
    """The facts that only grades may ask for: the score, and `prefix` + a rule's key."""

    key: str
    prefix: str


class ScorecardCatalogue(BaseModel):
    """What the editor offers."""

    facts: list[FactOffered]
    kinds: list[KindOffered]
    stages: list[StageOffered]
    score: ScoreFacts


class ScorePart(BaseModel):
    """What one rule gave. `why` says how often, when last, how much has faded."""

    rule: str
    kind: str
    name: NameOut
    points: float
    sentence: str
    why: str


class LearnedPart(BaseModel):
    """What speaks for (positive) or against (negative) a record, the heaviest first."""

    name: str
    value: str
    weight: float


class LearnedOut(BaseModel):
    """How likely the outcome is, by a model learned from what became of others."""

    probability: float
    outcome: str
    model: int
    trained_at: datetime
    parts: list[LearnedPart]


class ScoreOut(BaseModel):
    """A record's score, why it is so, and by which version of the rules."""

    score: int
    total: float
    floor: int
    ceiling: int
    grade: str | None
    grade_name: NameOut | None
    grade_sentence: str
    graded_at: datetime | None
    next_grade: str
    version: int
    scored_at: datetime
    parts: list[ScorePart]
    learned: LearnedOut | None


class CalibrationBin(BaseModel):
    """What was foretold beside what came, for a tenth of the records that judged."""

    foretold: float
    came: float
    count: int


class ModelFigures(BaseModel):
    """How good a model was on records it had not seen."""

    judged_on: int
    won: int
    auc: float
    brier: float
    lift_20: float
    calibration: list[CalibrationBin]
    calibration_error: float


class ModelRow(BaseModel):
    """A learned model: when, from what, looking at what, how good.

    `left_out`: fields that it was kept from, because gates ask for them and so they tell the end.
    """

    number: int
    is_current: bool
    trained_at: datetime
    since: datetime
    until: datetime
    rows: int
    positives: int
    columns: list[str]
    left_out: list[str]
    outcome: str
    figures: ModelFigures


class OutcomeOffered(BaseModel):
    """Something that may become of records, from which a model can learn."""

    key: str
    name: NameOut


class ColumnOffered(BaseModel):
    """A field that a model may look at, or is kept from."""

    key: str
    name: NameOut
    is_excluded: bool
    is_outcome: bool


class LearnedHistory(BaseModel):
    """How many records have an outcome, and how many are needed."""

    rows: int
    positives: int
    needed: int
    needed_of_each: int


class LearnedSettingsOut(BaseModel):
    """The learned score of a scorecard's records: who sees it, what it learns from, its models."""

    is_installed: bool
    state: Literal["off", "roles", "on"]
    roles: list[str]
    outcome: str
    outcomes: list[OutcomeOffered]
    columns: list[ColumnOffered]
    history: LearnedHistory
    models: list[ModelRow]


class LearnedChange(Schema, extra="forbid"):
    """What is changed; what is not given stays. `outcome`: the key of one of those listed."""

    state: Literal["off", "roles", "on"] | None = None
    roles: list[Key] | None = Field(None, max_length=50)
    outcome: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,79}$")] | None = None
    excluded: list[Key] | None = Field(None, max_length=300)
