"""Rows of people as an organisation (pure): offices, a team below for each superior."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypinyin import Style, lazy_pinyin

from closeloop.transfer.plans import (
    EMAIL,
    PERSON,
    ROLE,
    ROOT,
    SUPERIOR,
    SUPERIOR_ROLE,
    UNIT,
    USERNAME,
    Plan,
)
from closeloop.transfer.tables import Row
from closeloop.transfer.translation import flat, text_of

DEFAULT_ROLE, DEFAULT_SUPERIOR_ROLE = "salesperson", "manager"


@dataclass(frozen=True)
class Member:
    """One row: a person, where they work, whom they answer to."""

    row: int
    name: str
    office: str
    superior: str
    username: str = ""
    email: str = ""


@dataclass
class Organisation:
    """What a table says about the organisation, in its own order."""

    members: list[Member] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    root: str = ""
    role: str = DEFAULT_ROLE
    superior_role: str = DEFAULT_SUPERIOR_ROLE

    @property
    def superiors(self) -> dict[str, str]:
        """Each superior's office: that of the first person who answers to them."""
        found: dict[str, str] = {}
        for member in self.members:
            if member.superior:
                found.setdefault(member.superior, member.office)
        return found


def read(rows: Sequence[Row], plan: Plan, names: Sequence[str]) -> Organisation:
    """The organisation in a table; rows without a name or named twice are refused."""
    places = {target: names.index(column.column) for target, column in plan.by_target.items()}
    empties = {flat(text) for text in plan.empties}
    constants = {key: str(value) for key, value in plan.constants.items()}
    found = Organisation(
        root=constants.get(ROOT, ""),
        role=constants.get(ROLE, DEFAULT_ROLE),
        superior_role=constants.get(SUPERIOR_ROLE, DEFAULT_SUPERIOR_ROLE),
    )
    seen: dict[str, int] = {}

    def said(cells: Sequence[Any], target: str) -> str:
        place = places.get(target)
        cell = cells[place] if place is not None and place < len(cells) else None
        text = " ".join((text_of(cell) or "").split())
        return constants.get(target, "") if not text or flat(text) in empties else text

    for number, cells in rows:
        name = said(cells, PERSON)
        problem = _problem(name, said(cells, UNIT), said(cells, SUPERIOR), seen)
        if problem is not None:
            found.refused.append({"row": number, "problems": [problem]})
            continue
        seen[flat(name)] = number
        found.members.append(
            Member(
                row=number,
                name=name,
                office=said(cells, UNIT),
                superior=said(cells, SUPERIOR),
                username=said(cells, USERNAME),
                email=said(cells, EMAIL),
            )
        )
    return found


def username_for(name: str, *, taken: set[str]) -> str:
    """A sign-in name: Latin words joined by dots, Chinese names as pinyin, a number if taken."""
    syllables = lazy_pinyin(name, style=Style.NORMAL, errors="default")
    words = "".join(syllables) if not name.isascii() else name
    plain = ".".join("".join(c for c in word if c.isalnum()) for word in words.lower().split())
    base = plain.strip(".") or "person"
    candidate, count = base, 2
    while candidate.casefold() in taken:
        candidate = f"{base}{count}"
        count += 1
    return candidate


def team_name(superior: str) -> str:
    """What the team of a superior is called."""
    return f"{superior} Team" if superior.isascii() else f"{superior}团队"


def _problem(name: str, office: str, superior: str, seen: dict[str, int]) -> dict[str, Any] | None:
    if not name:
        return {"field": PERSON, "code": "required"}
    if flat(name) in seen:
        return {"field": PERSON, "code": "repeats_row", "row": seen[flat(name)]}
    if not office:
        return {"field": UNIT, "code": "required"}
    if flat(name) == flat(superior):
        return {"field": SUPERIOR, "code": "reference_to_itself"}
    return None
