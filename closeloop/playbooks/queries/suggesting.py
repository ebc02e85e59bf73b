"""What helps in a situation: entries with why, best first, what says nearly the same only once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from closeloop.identity.actor import Actor
from closeloop.playbooks import facets, shelf
from closeloop.playbooks.content import EVENT, STAGE
from closeloop.playbooks.queries.context import Context, context_of
from closeloop.playbooks.queries.library import Asked
from closeloop.playbooks.retrieval import Found, Question, Why, find
from closeloop.playbooks.shelf import Shelved
from closeloop.records.models import Record


@dataclass(frozen=True)
class Suggested:
    """An entry and why it is suggested."""

    entry: Shelved
    score: float
    why: Sequence[Why]


def suggest(
    *,
    viewer: Actor,
    situation: str = "",
    stage: str = "",
    event: str = "",
    tags: Mapping[str, Sequence[str]] | None = None,
    record: Record | None = None,
    kinds: Sequence[str] = (),
    limit: int = 5,
) -> list[Suggested]:
    """Published entries for a situation.

    `stage` is "<record type>.<stage>", `event` a key of the sales log; `tags` adds industry,
    competitor and other facets. What `record` tells is taken in where nothing else is said.
    """
    context = context_of(record, actor=viewer) if record is not None else Context({})
    wanted = {facet: list(values) for facet, values in context.tags.items()}
    given = {STAGE: [stage] if stage else [], EVENT: [event] if event else [], **(tags or {})}
    wanted |= {facet: list(values) for facet, values in given.items() if values}
    found = search(Question(situation, wanted), Asked(), kinds=kinds)
    return found[:limit]


def search(question: Question, asked: Asked, *, kinds: Sequence[str] = ()) -> list[Suggested]:
    """Entries of those asked for that answer a question, best first, as many as there are."""
    held = shelf.current()
    allowed = [asked.fits(each) and (not kinds or each.kind in kinds) for each in held.entries]
    if not any(allowed):
        return []
    told = replace(question, sayings=facets.sayings())
    found = find(held.index, held.texts, told, allowed=allowed)
    return [_suggested(held.by_id[each.entry_id], each) for each in found]


def _suggested(entry: Shelved, found: Found) -> Suggested:
    return Suggested(entry, found.score, found.why)
