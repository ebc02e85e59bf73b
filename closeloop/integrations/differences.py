"""What an address book differs in from the organisation (pure).

Every item has a key, by which it can be accepted or left out, and a confidence. What is certain is
applied unless it is left out; what is only likely (the same name) is applied where it is accepted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from closeloop.integrations.matching import Matched, Person, digits, match_people, national
from closeloop.notices.vendors.directory import Department, Member

CERTAIN, LIKELY = "certain", "likely"


@dataclass(frozen=True)
class Unit:
    """A unit of the organisation; `external_id` where it is linked to a department."""

    id: int
    name: str
    parent_id: int | None
    is_active: bool
    people: int
    external_id: str = ""


@dataclass(frozen=True)
class UnitItem:
    """What becomes of one unit: added, linked, renamed, moved, restored, removed."""

    key: str
    kind: str
    external_id: str
    unit_id: int | None
    name: str
    before: str = ""
    parent: str = ""
    parent_external_id: str = ""
    parent_unit_id: int | None = None
    confidence: str = CERTAIN


@dataclass(frozen=True)
class PersonItem:
    """What becomes of one person: added, linked, changed, left."""

    key: str
    kind: str
    external_id: str
    person_id: int | None
    name: str
    matched_by: str = ""
    confidence: str = CERTAIN
    unit: str = ""
    unit_external_id: str = ""
    changes: Mapping[str, list[str]] = field(default_factory=dict)
    leader_external_id: str = ""


@dataclass(frozen=True)
class Conflict:
    """Why something is left alone; told by the message `sync.conflict.<code>`."""

    code: str
    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """All of it, as it is stored, shown and applied."""

    units: tuple[UnitItem, ...]
    people: tuple[PersonItem, ...]
    conflicts: tuple[Conflict, ...]

    def as_data(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "units": [asdict(item) for item in self.units],
            "people": [asdict(item) for item in self.people],
            "conflicts": [
                {**asdict(conflict), "others": list(conflict.others)} for conflict in self.conflicts
            ],
        }


def compare(
    departments: Sequence[Department],
    members: Sequence[Member],
    *,
    units: Sequence[Unit],
    people: Sequence[Person],
    root_unit_id: int | None,
) -> Difference:
    """The difference; items stand in the order in which they can be applied."""
    tree = _Tree(departments, units, root_unit_id)
    unit_items, unit_conflicts = tree.items()
    matched, conflicts = match_people(members, people)
    met = {one.member.id: one for one in matched}
    person_items = [_person_item(one, tree, met) for one in matched]
    left = _left(members, people, {one.person.id for one in matched if one.person})
    return Difference(
        units=tuple(unit_items),
        people=tuple(item for item in (*person_items, *left) if item),
        conflicts=(
            *unit_conflicts,
            *(Conflict(code, name, others) for code, name, others in conflicts),
        ),
    )


class _Tree:
    """Departments beside units: which is which, and under what."""

    def __init__(
        self, departments: Sequence[Department], units: Sequence[Unit], root_unit_id: int | None
    ) -> None:
        self._departments = _parents_first(departments)
        self._by_external = {unit.external_id: unit for unit in units if unit.external_id}
        self._units = {unit.id: unit for unit in units}
        self._taken = {unit.id for unit in self._by_external.values()}
        self._root_unit_id = root_unit_id
        self.names = {one.id: one.name for one in departments}
        self.unit_of: dict[str, int] = {}
        """Departments that are units already, or are linked by this sync."""

    def items(self) -> tuple[list[UnitItem], list[Conflict]]:
        """What becomes of the units, parents first, and what is left alone."""
        found: list[UnitItem] = []
        conflicts: list[Conflict] = []
        for department in self._departments:
            item = self._item(department)
            if item is not None and self._is_name_taken(item, found):
                conflicts.append(Conflict("unit_name_taken", item.name, (item.parent,)))
            elif item is not None:
                found.append(item)
        for unit in self._by_external.values():
            if unit.external_id in self.names or not unit.is_active:
                continue
            if unit.people:
                conflicts.append(Conflict("unit_has_people", unit.name))
                continue
            key = f"unit:{unit.external_id}"
            found.append(UnitItem(key, "removed", unit.external_id, unit.id, unit.name))
        return found, conflicts

    def _item(self, department: Department) -> UnitItem | None:
        linked = self._by_external.get(department.id)
        if linked is None:
            return self._first_met(department)
        self.unit_of[department.id] = linked.id
        if self._is_company(department):
            return None
        parent_id = self._parent_unit(department)
        kind = self._change_of(linked, department, parent_id)
        if not kind:
            return None
        return self._new(department, kind, linked.id, parent_id, before=linked.name)

    def _first_met(self, department: Department) -> UnitItem:
        parent_id = self._parent_unit(department)
        same = self._units.get(self._root_unit_id or 0) if self._is_company(department) else None
        same = same or self._same_name(department, parent_id)
        if same is None:
            return self._new(department, "added", None, parent_id)
        self._taken.add(same.id)
        self.unit_of[department.id] = same.id
        return self._new(department, "linked", same.id, parent_id)

    def _new(
        self, department: Department, kind: str, unit_id: int | None, parent_id: int | None,
        *, before: str = "",
    ) -> UnitItem:  # fmt: skip
        return UnitItem(
            key=f"unit:{department.id}",
            kind=kind,
            external_id=department.id,
            unit_id=unit_id,
            name=department.name,
            before=before,
            parent=self._parent_name(department, parent_id),
            parent_external_id=department.parent_id or "",
            parent_unit_id=parent_id,
        )

    def _is_company(self, department: Department) -> bool:
        """Whether it stands for the whole company: the only one without a parent, above others.

        It keeps the name that the organisation gives itself.
        """
        tops = [one.id for one in self._departments if one.parent_id is None]
        is_above = any(one.parent_id == department.id for one in self._departments)
        return tops == [department.id] and is_above

    def _parent_unit(self, department: Department) -> int | None:
        if department.parent_id is None:
            return None if self._is_company(department) else self._root_unit_id
        return self.unit_of.get(department.parent_id)

    def _parent_name(self, department: Department, parent_id: int | None) -> str:
        if department.parent_id:
            return self.names.get(department.parent_id, "")
        return self._units[parent_id].name if parent_id in self._units else ""

    def _same_name(self, department: Department, parent_id: int | None) -> Unit | None:
        if department.parent_id is not None and parent_id is None:
            return None
        return next(
            (
                unit
                for unit in self._units.values()
                if unit.id not in self._taken
                and (unit.name, unit.parent_id) == (department.name, parent_id)
            ),
            None,
        )

    def _change_of(self, unit: Unit, department: Department, parent_id: int | None) -> str:
        is_under_new = department.parent_id is not None and parent_id is None
        if not unit.is_active:
            return "restored"
        if is_under_new or unit.parent_id != parent_id:
            return "moved"
        return "renamed" if unit.name != department.name else ""

    def _is_name_taken(self, item: UnitItem, before: Sequence[UnitItem]) -> bool:
        """Whether somebody else of that name is, or will be, under the same parent."""
        if item.kind == "linked":
            return False
        place = (item.name, item.parent_external_id, item.parent_unit_id)
        if any(
            (one.name, one.parent_external_id, one.parent_unit_id) == place
            for one in before
            if one.kind != "removed"
        ):
            return True
        under_new = item.parent_external_id and item.parent_unit_id is None
        return not under_new and any(
            unit.id != item.unit_id
            and (unit.name, unit.parent_id) == (item.name, item.parent_unit_id)
            for unit in self._units.values()
        )


def _parents_first(departments: Sequence[Department]) -> list[Department]:
    known = {one.id for one in departments}
    ordered: list[Department] = []
    seen: set[str] = set()
    waiting = sorted(departments, key=lambda one: one.order)
    while waiting:
        ready = [one for one in waiting if one.parent_id not in known or one.parent_id in seen]
        if not ready:  # a ring, which no provider should send
            ready = waiting
        ordered += ready
        seen |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in seen]
    return ordered


def _person_item(matched: Matched, tree: _Tree, met: Mapping[str, Matched]) -> PersonItem | None:
    member, person = matched.member, matched.person
    home = next((one for one in member.department_ids if one in tree.names), "")
    leader = next((met[one] for one in member.leader_ids if one in met and one != member.id), None)
    changes = _changes(matched, tree.unit_of.get(home), tree.names.get(home, ""), leader)
    kind = "added" if person is None else "changed" if matched.by == "link" else "linked"
    if kind == "changed" and not changes:
        return None
    return PersonItem(
        key=f"person:{member.id}",
        kind=kind,
        external_id=member.id,
        person_id=person.id if person else None,
        name=member.name,
        matched_by=matched.by,
        confidence=LIKELY if matched.by == "name" else CERTAIN,
        unit=tree.names.get(home, ""),
        unit_external_id=home,
        changes=changes,
        leader_external_id=leader.member.id if leader else "",
    )


def _changes(
    matched: Matched, unit_id: int | None, unit: str, leader: Matched | None
) -> dict[str, list[str]]:
    member, person = matched.member, matched.person
    if person is None:
        return {}
    told = {"name": member.name, "phone": national(member.phone), "email": member.email}
    held = {"name": person.name, "phone": person.phone, "email": person.email}
    if digits(member.phone) == digits(person.phone):
        told["phone"] = person.phone
    changes = {
        key: [held[key], value] for key, value in told.items() if value and value != held[key]
    }
    if unit and unit_id != person.unit_id:
        changes["unit"] = [person.unit, unit]
    if leader and (leader.person is None or leader.person.id != person.superior_id):
        changes["superior"] = [person.superior, leader.member.name]
    if not person.is_active:
        changes["is_active"] = ["false", "true"]
    return changes


def _left(members: Sequence[Member], people: Sequence[Person], met: set[int]) -> list[PersonItem]:
    return [
        PersonItem(
            key=f"person:{person.external_id}",
            kind="left",
            external_id=person.external_id,
            person_id=person.id,
            name=person.name,
            matched_by="link",
            unit=person.unit,
        )
        for person in people
        if person.external_id and person.is_active and person.id not in met
    ]
