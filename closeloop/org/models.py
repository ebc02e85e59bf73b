"""The organisation: units, who holds which position, what each role may do and how far it sees."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User


class Unit(models.Model):
    """A part of the company: headquarters, region, team."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.TextField()
    code = models.TextField(default="", blank=True)
    head = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.IntegerField(default=0)
    is_active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="unit_name_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitClosure(models.Model):
    """Every unit with each of its ancestors, itself included (depth 0)."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="above")
    depth = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="closure_once")
        ]


class Role(models.Model):
    """What holders may do: capabilities of administration, and grants per record type."""

    key = models.TextField(unique=True)
    name = models.JSONField(help_text="{zh-CN, en-US}")
    capabilities = ArrayField(models.TextField(), default=list)
    is_builtin = models.BooleanField(default=False)
    version = models.IntegerField(default=1)


class Scope(models.TextChoices):
    """How far a grant reaches, from nothing to everything."""

    NONE = "none"
    SELF = "self"
    UNIT = "unit"
    SUBTREE = "subtree"
    CUSTOM = "custom"
    ALL = "all"


class Grant(models.Model):
    """One verb on one record type within a scope; `record_type` * stands for every type."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    record_type = models.TextField()
    verb = models.TextField()
    scope = models.TextField(choices=Scope)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "record_type", "verb"], name="grant_once")
        ]


class Position(models.Model):
    """A person in a unit with a role; the primary one owns what the person creates."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="positions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="positions")
    title = models.TextField(default="", blank=True)
    superior = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    is_primary = models.BooleanField(default=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="position_once"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_primary=True), name="position_primary_once"
            ),
        ]


class AbsenceScope(models.TextChoices):
    """What a stand-in takes over while somebody is away."""

    APPROVALS = "approvals"
    CLOCKS = "clocks"
    ALL = "all"


class Absence(models.Model):
    """A time in which a person is away, and who stands in for them meanwhile (休假与代理).

    It counts from `from_at` until `to_at`, or until it was cancelled. Without a delegate nobody
    stands in: what waits for the person waits, and its clock runs on.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    delegate = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    scope = models.TextField(choices=AbsenceScope, default=AbsenceScope.ALL)
    reason = models.TextField(default="", blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(db_default=Now())
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")), name="absence_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(delegate=None) | ~models.Q(delegate=models.F("person")),
                name="absence_by_another",
            ),
            # A range of one id, because equality of numbers needs an extension in GiST.
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    (
                        models.Func("person", "person", models.Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        models.Func("from_at", "to_at", function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(cancelled_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["delegate", "to_at"], name="absence_of_delegate"),
        ]
