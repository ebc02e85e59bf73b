"""What clocks must know of things that lie above: plugged in by `config/wiring.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.fields import belonging
from closeloop.fields import queries as fields
from closeloop.files import facts as files
from closeloop.identity.actor import Actor
from closeloop.records.types import FactSource, RecordType

Name = Mapping[str, str]
Context = Mapping[str, Any]


def source_below(record_type: RecordType, key: str) -> FactSource | None:
    """A fact from what lies below: fields, documents, and what the record type itself brings."""
    return (
        fields.fact_source(record_type.key, key)
        or files.fact_source(key)
        or belonging.fact_source(key)
        or record_type.facts(key)
    )


def _none_of(contexts: Sequence[Context]) -> Sequence[None]:
    return [None] * len(contexts)


@dataclass
class Kind:
    """What a clock may be about beside a record.

    `requesters` gives who asked for each, `titles` what each is called, `link` where it is done,
    from the data of the entries that opened the clocks; `reassign` hands it to another person,
    after `lock` has locked it.
    """

    requesters: Callable[[Sequence[Context]], Sequence[int | None]] = _none_of
    titles: Callable[[Sequence[Context]], Sequence[Name | None]] = _none_of
    link: Callable[[Context], str] = lambda _context: ""
    reassign: Callable[[int, int, Actor], None] | None = None
    lock: Callable[[int], None] | None = None


@dataclass
class Subjects:
    """The plugs. Without them clocks run, but know no stages and name no waiting reasons."""

    stage_days: Callable[[str, str], float | None] = lambda _type, _stage: None
    stage_name: Callable[[str, str], Name | None] = lambda _type, _stage: None
    waiting_name: Callable[[str, str, str], Name | None] = lambda _type, _stage, _reason: None
    stages: Callable[[str], Mapping[str, Name]] = lambda _type: {}
    verbs: Callable[[str], Sequence[str]] = lambda _type: ()
    """What other apps record of a type's records (`lead.claimed`), by which clocks may go."""
    fact_source: Callable[[RecordType, str], FactSource | None] = source_below
    assign: Callable[[str, int, int, Actor], None] | None = None
    route: Callable[[str, int, str], int | None] = lambda _type, _record, _policy: None
    """Gives a record (type, id) that was given out by rules to somebody else, because of a policy
    (its key); gives the new owner, or None where nobody has it now or it stays."""
    lock_record: Callable[[str, int], None] | None = None
    kinds: dict[str, Kind] = field(default_factory=dict)

    def kind(self, key: str) -> Kind:
        """What is known of a kind; nothing where nobody has plugged it in."""
        return self.kinds.get(key) or _UNKNOWN


_UNKNOWN = Kind()
subjects = Subjects()
