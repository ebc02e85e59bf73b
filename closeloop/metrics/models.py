"""What measures and metrics say in versions; builds of the counts; the counts at three grains;
and what falls due, each as it was counted.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit


class DefinitionKind(models.TextChoices):
    """What a definition defines."""

    MEASURE = "measure"
    METRIC = "metric"
    BOARD = "board"


class Definition(models.Model):
    """One published version of a measure, a metric or a board; a trigger keeps it frozen."""

    kind = models.TextField(choices=DefinitionKind)
    key = models.TextField()
    number = models.IntegerField()
    document = models.JSONField()
    position = models.IntegerField(default=0, help_text="the order in which a pack names them")
    is_current = models.BooleanField(default=True)
    note = models.TextField(default="", blank=True, help_text="why it was changed")
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "number"], name="metrics_definition_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(is_current=True),
                name="metrics_definition_current",
            ),
        ]


class BuildState(models.TextChoices):
    """Whether a build is being made from scratch, read by screens, or about to be removed."""

    BUILDING = "building"
    LIVE = "live"
    OLD = "old"


class Build(models.Model):
    """One set of counts, made from scratch up to a horizon and kept up to date from there.

    There is one live build; another is made beside it, catches up, and takes its place at once.
    `xid` and `entry_id` say how far the record has been read, in commit order.
    """

    state = models.TextField(choices=BuildState, default=BuildState.BUILDING)
    zone = models.TextField(default="Asia/Shanghai", help_text="whose days are counted")
    xid = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, help_text="`at` of the latest entry counted")
    kept_at = models.DateTimeField(null=True, help_text="until when the counts are complete")
    entries = models.BigIntegerField(default=0, help_text="how many were read from scratch")
    started_at = models.DateTimeField(db_default=Now())
    swapped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="live"), name="metrics_one_live_build"
            )
        ]


class BuiltMeasure(models.Model):
    """A measure as a build counts it; its id stands in the counts."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="measures")
    key = models.TextField()
    definition = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "key"], name="metrics_measure_once")
        ]


class SourceCursor(models.Model):
    """How far a build has read what changed in a source of things that fall due."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="cursors")
    source = models.TextField()
    xid = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "source"], name="metrics_source_read_once")
        ]


class Due(models.Model):
    """One thing that falls due, as a measure counts it.

    `group_id` is what is read anew when something changes (a clock, a customer's follow-ups, a
    case), `thing_id` the thing in it. It is in the counts when `is_counted`: from `falls_at` on.
    """

    pk = models.CompositePrimaryKey("measure_id", "group_id", "thing_id")
    measure_id = models.IntegerField()
    group_id = models.BigIntegerField()
    thing_id = models.BigIntegerField()
    falls_at = models.DateTimeField()
    day = models.DateField()
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    kind = models.TextField()
    record_id = models.BigIntegerField(null=True)
    is_met = models.BooleanField()
    is_counted = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["measure_id", "day"], name="metrics_due_of_day"),
            models.Index(
                fields=["falls_at"],
                name="metrics_due_ahead",
                condition=models.Q(is_counted=False),
            ),
        ]


class Correction(models.Model):
    """What somebody set right by hand in what is counted; the newest stands below every chart."""

    entry_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    record_id = models.BigIntegerField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="metrics_correction_newest")]


class _Count(models.Model):
    """How many things were counted under a key, and how much they add up to."""

    n = models.BigIntegerField()
    value = models.DecimalField(max_digits=38, decimal_places=6)

    class Meta:
        abstract = True


class PersonDay(_Count):
    """Counts of a person on a day; the unit is that of the moment, 0 stands for none."""

    pk = models.CompositePrimaryKey("measure_id", "person_id", "day", "unit_id", "kind")
    measure_id = models.IntegerField()
    person_id = models.BigIntegerField()
    day = models.DateField()
    unit_id = models.BigIntegerField()
    kind = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["measure_id", "unit_id", "day"], name="metrics_people_of_unit")
        ]


class UnitDay(_Count):
    """Counts of a unit itself (not of those below it) on a day."""

    pk = models.CompositePrimaryKey("measure_id", "unit_id", "day", "kind")
    measure_id = models.IntegerField()
    unit_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.TextField()


class CompanyDay(_Count):
    """Counts of everybody on a day: what the top scope reads."""

    pk = models.CompositePrimaryKey("measure_id", "day", "kind")
    measure_id = models.IntegerField()
    day = models.DateField()
    kind = models.TextField()


class Pilot(models.Model):
    """Something that was switched on for one unit or one product line, to see what it changes
    before all have it.

    `about` says what: `{"kind": "standard" | "policy" | "blueprint" | "other", "key": …}`.
    """

    name = models.TextField()
    about = models.JSONField(default=dict)
    note = models.TextField(default="", blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="null: the whole company, for one product line",
    )  # fmt: skip
    line = models.TextField(default="", blank=True, help_text="key of a product line; empty: all")
    since = models.DateField(help_text="the first day with it")
    until = models.DateField(null=True, help_text="the last day with it, once it has ended")
    metrics = models.JSONField(default=list, help_text="keys, the most important first")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) | ~models.Q(line=""),
                name="metrics_pilot_somewhere",
            )
        ]


class Sharing(models.TextChoices):
    """Who finds a saved view, besides its owner."""

    PRIVATE = "private"
    UNIT = "unit"
    EVERYONE = "everyone"


class FigureView(models.Model):
    """A figure as somebody looks at it (`engine/metrics/view.py`), kept under a name.

    `unit` is the owner's when it was saved: shared with the unit, it is found there and below.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.TextField()
    document = models.JSONField()
    sharing = models.TextField(choices=Sharing, default=Sharing.PRIVATE)
    pinned_by = ArrayField(models.BigIntegerField(), default=list)
    made_at = models.DateTimeField(db_default=Now())
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="metrics_view_name_once")
        ]


class FigureMail(models.Model):
    """Figures that go to people of the company by mail again and again, to each what they may see.

    `about` is `{"view": …}` or `{"board": key, "period": preset, "unit": id}`. `next_at` moves on
    in the transaction that writes what goes out.
    """

    name = models.TextField()
    about = models.JSONField()
    recipients = ArrayField(models.BigIntegerField())
    every = models.TextField(help_text="day, week or month")
    hour = models.IntegerField(help_text="on the company's clock")
    weekdays = ArrayField(models.IntegerField(), default=list, help_text="1 is Monday")
    month_day = models.IntegerField(default=1)
    is_workdays_only = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    next_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True, help_text="when it was last due and went out")
    made_at = models.DateTimeField(db_default=Now())
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="figure_mail_due", condition=models.Q(is_active=True)
            ),
            GinIndex(fields=["recipients"], name="figure_mail_readers"),
        ]


class Target(models.Model):
    """What a unit, or one of its people, is to reach in a month.

    `metric` is the key of what is counted; empty: what is won, in the company's own currency.
    Quarters and years are sums of months. Null: it was taken back.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    month = models.DateField(help_text="its first day")
    metric = models.TextField(default="", blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    version = models.IntegerField(default=1)
    set_at = models.DateTimeField(db_default=Now())
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person", "month", "metric"],
                name="metrics_target_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="metrics_target_positive",
            ),
        ]
