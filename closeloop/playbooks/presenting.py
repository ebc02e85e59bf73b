"""Entries, reasons, pushes and plans as the API gives them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from closeloop.edge import messages
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.playbooks import facets, shelf
from closeloop.playbooks.content import LABEL, LANGUAGES, said
from closeloop.playbooks.models import Entry, EntryKind, Material, Rating, Version
from closeloop.playbooks.queries import figures, library
from closeloop.playbooks.queries.library import ARCHIVED, PROPOSED, PUBLISHED
from closeloop.playbooks.queries.planning import line_of
from closeloop.playbooks.retrieval import Why
from closeloop.playbooks.shelf import Shelved

EXCERPT = 120
NOTHING: Mapping[str, Any] = {"title": {}, "body": {}, "tags": {}, "phrases": [], "pieces": []}


def named(code: str) -> dict[str, str]:
    """A sentence of ours in both languages."""
    return {language: messages.say(code, language) for language in LANGUAGES}


def kind_name(kind: str) -> dict[str, str]:
    """What a kind of entry is called."""
    return named(f"playbook_kind.{kind}")


def catalogue(actor: Actor) -> dict[str, Any]:
    """Kinds and facets, and what the viewer may do."""
    return {
        "kinds": [{"key": kind.value, "name": kind_name(kind)} for kind in EntryKind],
        "facets": [
            {
                "key": facet.key,
                "name": facet.name,
                "values": [{"key": key, "name": name} for key, name in facet.values.items()],
            }
            for facet in facets.facets()
        ],
        "can": {"manage": library.manages(actor), "push": library.may_push(actor)},
    }


def rows(
    entries: Sequence[Shelved], *, why: Mapping[int, Sequence[Why]] | None = None
) -> list[dict[str, Any]]:
    """Published entries with their figures; the number of queries does not grow with them."""
    counted = figures.figures_of([each.entry_id for each in entries])
    names = people({person for each in entries for person in each.contributors})
    held = facets.facets()
    return [
        {
            **_said(each.entry_id, each.kind, each.content, held),
            "line": {language: line_of(each, language) for language in LANGUAGES},
            "state": PUBLISHED,
            "version": each.number,
            "published_at": each.published_at,
            "contributors": [names[person] for person in each.contributors if person in names],
            "figures": asdict(counted.get(each.entry_id, figures.Figures())),
            "why": [_why(reason, held) for reason in (why or {}).get(each.entry_id, ())],
        }
        for each in entries
    ]


def unpublished(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Proposals and what was put away, as rows."""
    names = people({person for each in entries for person in each.draft_authors})
    latest = {
        version.entry_id: version
        for version in Version.objects.filter(entry__in=entries, is_current=True)
    }
    held = facets.facets()
    found = []
    for each in entries:
        version = latest.get(each.pk)
        content = each.draft or (version.content if version else NOTHING)
        found.append(
            {
                **_said(each.pk, each.kind, content, held),
                "line": {},
                "state": PROPOSED if each.draft is not None else ARCHIVED,
                "version": version.number if version else None,
                "published_at": version.published_at if version else None,
                "contributors": [names[who] for who in each.draft_authors if who in names],
                "figures": asdict(figures.Figures()),
                "why": [],
            }
        )
    return found


def whole(entry: Entry, *, actor: Actor) -> dict[str, Any]:
    """One entry with its text, files, history and proposal, as far as the viewer may see them."""
    shelved = shelf.current().by_id.get(entry.pk)
    row = rows([shelved])[0] if shelved else unpublished([entry])[0]
    content = shelved.content if shelved else entry.draft
    sees_draft = entry.draft is not None and library.may_write(entry, actor=actor)
    mine = Rating.objects.filter(entry=entry, person_id=actor.user_id).first()
    is_manager = library.manages(actor)
    return {
        **row,
        "content": shelved.content if shelved else None,
        "body": (content or NOTHING)["body"],
        "pieces": pieces((content or NOTHING)["pieces"], library.materials_of([entry.pk])),
        "entries": rows(_held((content or {}).get("entries", ()))),
        "versions": [version(each) for each in library.versions_of(entry)],
        "draft": _draft(entry) if sees_draft else None,
        "revision": entry.revision,
        "my_rating": mine.is_helpful if mine else None,
        "can": {
            "write": entry.draft is None or sees_draft,
            "publish": is_manager and entry.draft is not None,
            "archive": is_manager,
            "push": shelved is not None and library.may_push(actor),
        },
    }


def version(given: Version) -> dict[str, Any]:
    """A published version."""
    names = people(set(given.contributors))
    return {
        "number": given.number,
        "note": given.note,
        "published_at": given.published_at,
        "published_by": person(given.published_by),
        "contributors": [names[who] for who in given.contributors if who in names],
        "is_current": given.is_current,
        "content": given.content,
    }


def pieces(given: Iterable[Mapping[str, Any]], files: Mapping[int, Material]) -> list[Any]:
    """Files, links and outlines with where to fetch them."""
    return [
        {
            "name": piece["name"],
            "file": _own_file(files.get(piece.get("file_id") or 0)),
            "url": piece.get("url"),
            "pages": piece.get("pages", []),
        }
        for piece in given
    ]


def tags(given: Mapping[str, Sequence[str]], held: Sequence[facets.Facet]) -> list[dict[str, Any]]:
    """Tags with their names, in the order of the facets."""
    found = [
        {
            "facet": facet.key,
            "facet_name": facet.name,
            "value": value,
            "name": facet.values.get(value, dict.fromkeys(LANGUAGES, value)),
        }
        for facet in held
        if facet.key != LABEL
        for value in given.get(facet.key, ())
    ]
    return found + [
        {
            "facet": LABEL,
            "facet_name": named("playbook_facet.label"),
            "value": value,
            "name": dict.fromkeys(LANGUAGES, value),
        }
        for value in given.get(LABEL, ())
    ]


def people(ids: set[int]) -> dict[int, dict[str, Any]]:
    """People by id."""
    found = User.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
    return {pk: {"id": pk, "name": name} for pk, name in found}


def person(user: User | None) -> dict[str, Any] | None:
    """Somebody, or nobody."""
    return None if user is None else {"id": user.pk, "name": user.name}


def _said(
    entry_id: int, kind: str, content: Mapping[str, Any], held: Sequence[facets.Facet]
) -> dict[str, Any]:
    body = content["body"]
    return {
        "id": entry_id,
        "kind": kind,
        "kind_name": kind_name(kind),
        "title": content["title"],
        "excerpt": {language: said(body, language)[:EXCERPT] for language in LANGUAGES},
        "tags": tags(content["tags"], held),
    }


def _why(reason: Why, held: Sequence[facets.Facet]) -> dict[str, Any]:
    facet = next((each for each in held if each.key == reason.by), None)
    if facet is not None:
        return {
            "by": reason.by,
            "name": facet.name,
            "what": facets.names_of(facet, list(reason.what)),
        }
    what = [dict.fromkeys(LANGUAGES, each) for each in reason.what]
    return {"by": reason.by, "name": named(f"playbook_why.{reason.by}"), "what": what}


def _held(entry_ids: Iterable[int]) -> list[Shelved]:
    standing = shelf.current().by_id
    return [standing[each] for each in entry_ids if each in standing]


def _draft(entry: Entry) -> dict[str, Any]:
    return {
        "content": entry.draft,
        "note": entry.draft_note,
        "drafted_at": entry.drafted_at,
        "drafted_by": person(entry.drafted_by),
    }


def _own_file(material: Material | None) -> dict[str, Any] | None:
    return None if material is None else file(material)


def file(material: Material) -> dict[str, Any]:
    """A file of an entry and where to fetch it."""
    kept = material.attachment
    return {
        "id": material.pk,
        "name": kept.name,
        "content_type": kept.content_type,
        "size": kept.size,
        "url": f"/api/playbooks/files/{material.pk}/content",
    }
