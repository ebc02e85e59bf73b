"""The typed facts that rules may ask for, and the value that says a fact is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

NOW = "now"
"""Reserved key under which a mapping of facts carries the time of the decision (aware)."""
MOVE = "move"
"""Reserved key under which a mapping of facts carries the move that is decided, "<from>><to>"."""
APPROVALS_GRANTED = "approval.granted:"
"""Prefix of the facts which moves a flow has granted, as "<from>><to>"; the flow's key follows."""
ROLES_COVERED = "contacts.roles_covered"
"""Key of the fact how many different decision-chain roles the contacts of the record fill."""
UNITS = "record.units"
"""Key of the fact to which units the record belongs: its own and all above it, by id."""
PRODUCT_LINE = "product.line"
"""Key of the fact of which product line the record is; empty where it is of none."""


class FactType(StrEnum):
    """What the value of a fact is.

    text, choice: str · number, money: int or Decimal · date: date · datetime: aware datetime ·
    boolean: bool · choices: a collection of str · person: the person's id, int or str.
    """

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The value of a fact that cannot be told now; `reason` is a code for the user.

    None as a value means the same without a reason. Unknown never counts as yes.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a rule may name. `label` maps locale to the words on the screen.

    `choices` lists the only values of a choice fact; None leaves them open.
    """

    key: str
    type: FactType
    label: Mapping[str, str]
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FactFamily:
    """Facts that share a prefix, such as `document.count:` followed by a document kind."""

    prefix: str
    type: FactType
    label: Mapping[str, str]

    def member(self, key: str) -> Fact:
        """Give the fact of this family that is called `key`."""
        return Fact(key, self.type, self.label)


class Catalogue(Mapping[str, Fact]):
    """Every fact that may be named, by key; families answer for keys with their prefix."""

    def __init__(self, facts: Iterable[Fact] = (), families: Iterable[FactFamily] = ()) -> None:
        """Hold `facts` and `families`; the longest fitting prefix answers.

        Raises ValueError when two facts or two families share a name.
        """
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.key in self._facts:
                raise ValueError(f"two facts are called {fact.key}")
            self._facts[fact.key] = fact
        self.families = tuple(sorted(families, key=lambda family: -len(family.prefix)))
        if len({family.prefix for family in self.families}) < len(self.families):
            raise ValueError("two families share a prefix")

    def __getitem__(self, key: str) -> Fact:
        """Give the fact called `key`. Raises KeyError when there is none."""
        fact = self._facts.get(key)
        if fact is not None:
            return fact
        for family in self.families:
            if key.startswith(family.prefix) and len(key) > len(family.prefix):
                return family.member(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Run through the keys of the single facts; families cannot be listed."""
        return iter(self._facts)

    def __len__(self) -> int:
        """Count the single facts."""
        return len(self._facts)

    def joined(self, other: Catalogue) -> Catalogue:
        """Give a catalogue with the facts and families of both; what both hold counts once.

        Raises ValueError when they mean different things by one name.
        """
        facts = [fact for fact in other.values() if fact != self._facts.get(fact.key)]
        families = [family for family in other.families if family not in self.families]
        return Catalogue([*self._facts.values(), *facts], [*self.families, *families])


def _label(zh: str, en: str) -> Mapping[str, str]:
    return {"zh-CN": zh, "en-US": en}


GATE_FACTS = Catalogue(
    [Fact(ROLES_COVERED, FactType.NUMBER, _label("决策链角色数", "Roles covered"))],
    [
        FactFamily("document.count:", FactType.NUMBER, _label("材料份数", "Documents")),
        FactFamily(
            APPROVALS_GRANTED, FactType.CHOICES, _label("已通过的审批", "Approvals granted")
        ),
        FactFamily("checklist.ticked:", FactType.BOOLEAN, _label("清单已勾选", "Ticked")),
    ],
)
"""The facts that gate items ask for by themselves; join the fields of a record type to it."""


def is_unknown(value: object) -> bool:
    """Tell whether the value of a fact is not known."""
    return value is None or value.__class__ is Unknown


def field_key(field: str) -> str:
    """Give the key of the fact that a field of the record holds."""
    return f"field.{field}"


def checklist_key(stage: str, tick: str) -> str:
    """Give the key of the fact that a checklist row of a stage is ticked."""
    return f"checklist.ticked:{stage}.{tick}"


def approval_key(flow: str) -> str:
    """Give the key of the fact which moves a flow has granted."""
    return APPROVALS_GRANTED + flow


def move_key(from_stage: str, to_stage: str) -> str:
    """Give a move as approvals name it."""
    return f"{from_stage}>{to_stage}"


def document_key(document: str, types: tuple[str, ...] = ()) -> str:
    """Give the key of the fact how many files of a kind there are, of these types only."""
    return f"document.count:{document}" + (f":{','.join(sorted(types))}" if types else "")


def split_document_key(key: str) -> tuple[str, tuple[str, ...]]:
    """Give the document kind and the types (none: any type) that a document fact names.

    Raises ValueError when `key` is not the key of a document fact.
    """
    prefix, _, rest = key.partition(":")
    if prefix != "document.count" or not rest:
        raise ValueError(f"{key} is not a document fact")
    kind, _, types = rest.partition(":")
    return kind, tuple(types.split(",")) if types else ()
