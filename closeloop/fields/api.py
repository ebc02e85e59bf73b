"""Administration of fields: user fields, choices, and what each role may see."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from closeloop.edge.router import Router
from closeloop.fields import actions, errors, models
from closeloop.identity.queries import actor_of
from closeloop.org.models import Role
from closeloop.records.types import registry

router = Router(tags=["fields"])
TypeKey = Annotated[str, Path(max_length=100)]
FieldKey = Annotated[str, Path(max_length=60)]
ALL = "admin:fields.manage"


class NameIn(Schema, extra="forbid"):
    """A name in both languages."""

    zh_CN: str = Field(alias="zh-CN", min_length=1, max_length=60)
    en_US: str = Field(alias="en-US", min_length=1, max_length=60)


class ChoiceIn(Schema, extra="forbid"):
    """A choice; `when` limits it to values of other fields."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    name: NameIn
    when: dict[str, list[str]] = {}


class FieldIn(Schema, extra="forbid"):
    """A user field."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    name: NameIn
    type: Literal[
        "text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "choices",
        "person", "record", "phone", "email", "url", "credit_code",
    ]  # fmt: skip
    required: bool = False
    section: str = Field(default="basic", max_length=60)
    choices: list[ChoiceIn] = Field(default=[], max_length=500)
    target: str = Field(default="", max_length=60)
    max_length: int | None = Field(default=None, ge=1, le=4000)


class FieldChange(Schema, extra="forbid"):
    """Changes of a field; what is not given stays. Choices are only ever added."""

    name: NameIn | None = None
    required: bool | None = None
    active: bool | None = None
    section: str | None = Field(default=None, max_length=60)
    choices: list[ChoiceIn] | None = Field(default=None, max_length=500)


class FieldLimit(Schema, extra="forbid"):
    """What a role may do with the field; edit lifts the limit."""

    role_id: int = Field(ge=1, lt=2**63)
    access: Literal["edit", "read", "masked", "hidden"]


class RoleLimit(Schema):
    """A role's limit on a field."""

    role_id: int
    access: Literal["read", "masked", "hidden"]


class FieldOut(Schema):
    """A field as its administrator sees it."""

    key: str
    name: dict[str, str]
    type: str
    builtin: bool
    required: bool
    active: bool
    section: str
    choices: list[dict[str, Any]]
    target: str
    max_length: int | None
    limits: list[RoleLimit]


@router.get("/fields/{record_type}", permission=ALL, response=list[FieldOut])
def list_fields(request: HttpRequest, record_type: TypeKey) -> Any:
    """Every field of a type, inactive ones too, with the limits of roles."""
    registry.get(record_type)
    fields = models.Field.objects.filter(record_type=record_type).order_by("position", "pk")
    return [_row(field) for field in fields.prefetch_related("permissions")]


@router.post("/fields/{record_type}", permission=ALL, response={201: FieldOut})
def create_field(request: HttpRequest, record_type: TypeKey, payload: FieldIn) -> Any:
    """Add a user field to a type."""
    registry.get(record_type)
    values = payload.dict(by_alias=True)
    values["is_required"] = values.pop("required")
    field = actions.add_field(record_type, values, actor=actor_of(request))
    return Status(201, _row(field))


@router.patch("/fields/{record_type}/{key}", permission=ALL, response=FieldOut)
def change_field(
    request: HttpRequest, record_type: TypeKey, key: FieldKey, payload: FieldChange
) -> Any:
    """Rename a field, make it required, switch it off, or add choices."""
    values = payload.dict(exclude_unset=True, by_alias=True)
    for given, stored in (("required", "is_required"), ("active", "is_active")):
        if given in values:
            values[stored] = values.pop(given)
    return _row(actions.change_field(record_type, key, values, actor=actor_of(request)))


@router.put("/fields/{record_type}/{key}/limit", permission=ALL, response=FieldOut)
def limit_field(
    request: HttpRequest, record_type: TypeKey, key: FieldKey, payload: FieldLimit
) -> Any:
    """Limit what a role may do with a field."""
    role = Role.objects.filter(pk=payload.role_id).first()
    if role is None:
        raise errors.FieldRoleUnknown({"role_id": payload.role_id})
    access = None if payload.access == "edit" else payload.access
    field = actions.limit_field(record_type, key, role=role, access=access, actor=actor_of(request))
    return _row(field)


def _row(field: models.Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "name": field.name,
        "type": field.type,
        "builtin": field.is_builtin,
        "required": field.is_required,
        "active": field.is_active,
        "section": field.section,
        "choices": field.choices,
        "target": field.target,
        "max_length": field.max_length,
        "limits": [
            {"role_id": limit.role_id, "access": limit.access} for limit in field.permissions.all()
        ],
    }
