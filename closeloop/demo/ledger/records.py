"""Records in the books: made, changed, assigned, documented and talked about.

Each verb does what its action does (`desk.actions`, `files.actions`, `records.actions`), with the
product's own validation; tests/demo compares the rows that both leave behind.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from closeloop.demo.ledger.held import Added, Held, Ids, MentionHeld, Places, Sample, VisitHeld
from closeloop.desk import validation
from closeloop.desk.errors import ValuesInvalid
from closeloop.fields import queries as fields
from closeloop.fields.values import clean_values, is_empty, stored
from closeloop.files.actions import clean_name
from closeloop.identity.actor import Actor
from closeloop.process import blueprints
from closeloop.records.types import registry


@dataclass(frozen=True)
class About:
    """What an activity entry is about."""

    record_id: int
    record_type: str = ""
    unit_id: int | None = None


class RecordBooks:
    """Everything that is done to records beside moving them."""

    def __init__(self, *, places: Places, samples: Mapping[str, Sample], first: Ids) -> None:
        self.places = places
        self.samples = samples
        self.records: dict[int, Held] = {}
        self.added = Added()
        self.roles_by_customer: dict[int, set[str]] = {}
        self.first = first
        self._unseen: dict[int, list[MentionHeld]] = {}

    def create(
        self,
        type_key: str,
        values: Mapping[str, Any],
        *,
        by: Actor,
        at: datetime,
        via: str = "screen",
        owner_id: int | None = None,
    ) -> int:
        """Make a record at its process's first stage; gives its id."""
        owner = owner_id if owner_id is not None else by.user_id
        held = self._hold(type_key, values, by=by, at=at, owner_id=owner)
        held.loaded = blueprints.current_of(type_key)
        if held.loaded is not None:
            self._enter(held, held.loaded.blueprint.initial, "start", by=by, at=at)
        self._note_created(held, values=held.values, via=via, by=by, at=at)
        return held.id

    def change(
        self,
        record_id: int,
        values: Mapping[str, Any],
        *,
        by: Actor,
        at: datetime,
        via: str = "screen",
    ) -> None:
        """Change the fields whose values differ."""
        held = self.records[record_id]
        specs = fields.specs_of(held.type.key)
        present = {key: held.values.get(key) for key in specs}
        cleaned = clean_values(specs, values, is_new=False, present=present)
        if cleaned.problems:
            raise ValuesInvalid({"errors": cleaned.problems})
        changed = {
            key: value
            for key, value in cleaned.values.items()
            if stored(value) != stored(present[key])
        }
        if not changed:
            return
        self._set(held, changed)
        held.touch(at)
        data = {
            "via": via,
            "version": held.version,
            "changes": {
                key: [stored(present[key]), stored(value)] for key, value in changed.items()
            },
        }
        self.note(f"{held.type.key}.changed", self.about(held), data, by=by, at=at)

    def assign(self, record_id: int, owner_id: int, *, by: Actor, at: datetime) -> None:
        """Give a record to another owner, and so to that person's unit."""
        held = self.records[record_id]
        before = (held.owner_id, held.unit_id)
        held.owner_id, held.unit_id = owner_id, self.places.units[owner_id]
        held.touch(at)
        data = {
            "via": "screen",
            "from_owner": before[0],
            "to_owner": held.owner_id,
            "from_unit": before[1],
            "to_unit": held.unit_id,
            "version": held.version,
        }
        self.note(f"{held.type.key}.assigned", self.about(held), data, by=by, at=at)

    def attach(
        self, record_id: int, sample: str, *, kind: str, name: str, by: Actor, at: datetime
    ) -> None:
        """Attach a sample document; its stored bytes are shared by all that attach it."""
        held, chosen = self.records[record_id], self.samples[sample]
        attachment_id = self.first.attachment + len(self.added.attachments)
        full_name = clean_name(name + chosen.ending)
        self.added.attachments.append(
            (
                attachment_id, record_id, kind, full_name, chosen.content_type, chosen.format,
                chosen.size, chosen.sha256, chosen.stored_as, chosen.thumbnail_as, chosen.width,
                chosen.height, "{}", by.user_id, at,
            )
        )  # fmt: skip
        key = (kind, chosen.format)
        held.documents[key] = held.documents.get(key, 0) + 1
        data = {
            "attachment_id": attachment_id,
            "name": full_name,
            "kind": kind,
            "sha256": chosen.sha256,
        }
        self.note("file.attached", self.about(held), data, by=by, at=at)

    def comment(
        self, record_id: int, text: str, *, mentions: Sequence[int], by: Actor, at: datetime
    ) -> None:
        """Say something about a record."""
        held = self.records[record_id]
        comment_id = self.first.comment + len(self.added.comments)
        self.added.comments.append((comment_id, record_id, by.user_id, text, at))
        known = sorted(set(mentions))
        for user_id in known:
            mention = MentionHeld(comment_id, user_id)
            self.added.mentions.append(mention)
            self._unseen.setdefault(user_id, []).append(mention)
        data = {"comment_id": comment_id, "mentions": known}
        self.note("record.commented", self.about(held), data, by=by, at=at)

    def see_mentions(self, *, by: Actor, at: datetime) -> None:
        """See all of one's mentions."""
        for mention in self._unseen.pop(by.user_id or 0, []):
            mention.seen_at = at

    def note(
        self, verb: str, about: About, data: Mapping[str, Any], *, by: Actor, at: datetime
    ) -> None:
        """Add one entry to the activity."""
        self.added.entries.append(
            (
                at, verb, by.user_id, by.kind.value, about.record_id, about.record_type,
                about.unit_id, json.dumps(data, cls=DjangoJSONEncoder),
            )
        )  # fmt: skip

    def about(self, held: Held) -> About:
        """What an entry says of a record."""
        return About(held.id, held.type.key, held.unit_id)

    def _hold(
        self,
        type_key: str,
        values: Mapping[str, Any],
        *,
        by: Actor,
        at: datetime,
        owner_id: int | None,
    ) -> Held:
        held = Held(
            id=self.first.record + len(self.records),
            type=registry.get(type_key),
            values={},
            owner_id=owner_id,
            unit_id=self.places.units[owner_id] if owner_id is not None else None,
            created_by_id=by.user_id,
            created_at=at,
            updated_at=at,
            last_activity_at=at,
        )
        self._set(held, self._checked(type_key, values))
        self.records[held.id] = held
        return held

    def _checked(self, type_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
        specs = fields.specs_of(type_key)
        given = validation.with_defaults(specs, values)
        self._fill_related(type_key, given)
        cleaned = clean_values(specs, given, is_new=True)
        if cleaned.problems:
            raise ValuesInvalid({"errors": cleaned.problems})
        return cleaned.values

    def _fill_related(self, type_key: str, given: dict[str, Any]) -> None:
        """Fill what a field of a referenced record proposes (industry -> budget range)."""
        for rule in fields.settings().get(f"smart_defaults:{type_key}", []):
            reference, _, source = rule["from"].partition(".")
            named = self.records.get(given.get(reference) or 0)
            for row in rule["rows"] if named else ():
                if named and row["when"] == named.values.get(source):
                    for other, default in row["set"].items():
                        if is_empty(given.get(other)):
                            given[other] = default

    def _set(self, held: Held, values: Mapping[str, Any]) -> None:
        specs = fields.specs_of(held.type.key)
        for key, value in values.items():
            held.values[key] = value if specs[key].column else stored(value)
        if held.type.key == "contact" and held.values.get("chain_role"):
            roles = self.roles_by_customer.setdefault(held.values["customer"], set())
            roles.add(held.values["chain_role"])

    def _enter(self, held: Held, stage: str, kind: str, *, by: Actor, at: datetime) -> None:
        held.stage, held.stage_entered_at = stage, at
        visit = VisitHeld(held.id, stage, kind, at, by.user_id)
        held.visits.append(visit)
        self.added.visits.append(visit)

    def _note_created(
        self, held: Held, *, values: Mapping[str, Any], via: str, by: Actor, at: datetime
    ) -> None:
        said = {key: stored(value) for key, value in values.items() if value is not None}
        data = {"via": via, "values": said, "stage": held.stage}
        self.note(f"{held.type.key}.created", self.about(held), data, by=by, at=at)
