"""What screens are drawn from."""

from typing import Any, Literal

from closeloop.desk.schemas.names import Answer, Name


class ChoiceOut(Answer):
    """One choice of a field; `when` limits it to values of other fields."""

    key: str
    name: Name
    when: dict[str, list[str]] | None = None


class FieldMeta(Answer):
    """A field as the viewer may use it.

    `default` stands in a new record; `defaults` holds what a chosen key proposes for others.
    """

    key: str
    name: Name
    type: str
    required: bool
    builtin: bool
    choices: list[ChoiceOut]
    record_type: str | None
    section: str
    access: Literal["edit", "read", "masked"]
    sortable: bool
    filterable: bool
    max_length: int | None
    help: Name | None
    default: Any = None
    defaults: dict[str, dict[str, Any]]


class StageMeta(Answer):
    """A stage of the current process version."""

    key: str
    name: Name
    kind: Literal["open", "won", "lost", "closed"]
    probability: int | None
    position: int
    guidance: Name | None
    expected_days: int | None


class SectionMeta(Answer):
    """A section of a type's form."""

    key: str
    name: Name


class TypeMeta(Answer):
    """A record type with its fields, stages and what the viewer may do."""

    key: str
    name: Name
    plural: Name
    icon: str
    has_process: bool
    sections: list[SectionMeta]
    fields: list[FieldMeta]
    filters: list[FieldMeta]
    stages: list[StageMeta]
    list_columns: list[str]
    card_fields: list[str]
    title_field: str
    amount_field: str | None
    due_field: str | None
    can: dict[str, str]
    user_defined: bool


class DocumentKind(Answer):
    """A kind of document that gates may ask for, with the file formats it takes."""

    key: str
    name: Name
    types: list[str]


class RoleTemplate(Answer):
    """The decision-chain roles that a kind of customer usually has."""

    key: str
    name: Name
    roles: list[str]


class Meta(Answer):
    """Everything that screens are drawn from."""

    record_types: list[TypeMeta]
    document_kinds: list[DocumentKind]
    role_templates: list[RoleTemplate]
    languages: list[str]
    currencies: list[str]
