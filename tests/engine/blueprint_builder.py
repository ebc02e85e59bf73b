"""Builds small blueprints as plain data; a test states only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime

from closeloop.engine import blueprint as blueprints
from closeloop.engine import stages
from closeloop.engine.facts import Catalogue, Fact, FactType

NOW = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
CATALOGUE = Catalogue(
    [
        Fact("field.budget", FactType.CHOICE, {}, ("low", "high")),
        Fact("field.amount", FactType.MONEY, {}),
        Fact("field.seal", FactType.CHOICE, {}, ("pending", "stamped", "esign")),
        Fact("field.due_on", FactType.DATE, {}),
    ]
)
SEALED = {
    "combinator": "and",
    "rules": [{"field": "field.seal", "operator": "in", "value": ["stamped", "esign"]}],
}


def words(text: str) -> dict:
    return {"zh-CN": text, "en-US": text}


def item(key: str, kind: str, **special) -> dict:
    return {"key": key, "kind": kind, "name": words(key), **special}


def options(*keys: str) -> list:
    return [{"key": key, "name": words(key)} for key in keys]


def stage(key: str, **more) -> dict:
    return {"key": key, "name": words(key), **more}


def move(source: str, target: str, kind: str = "forward", **more) -> dict:
    return {"from": source, "to": target, "kind": kind, **more}


def data(**changes) -> dict:
    """A process with every kind of gate item, every kind of stage and every kind of move."""
    process = {
        "key": "sale",
        "record_type": "deal",
        "name": words("sale"),
        "version": 3,
        "initial": "meet",
        "stages": [
            stage(
                "meet",
                checklist=options("greeted", "noted"),
                exit=[
                    item("meet_budget", "field", field="budget"),
                    item("meet_minutes", "document", document="minutes", types=["pdf", "docx"]),
                    item("meet_list", "checklist"),
                ],
            ),
            stage(
                "show",
                entry=[item("show_roles", "roles", at_least=3)],
                exit=[item("show_slides", "document", document="slides", at_least=2)],
            ),
            stage("seal", exit=[item("seal_done", "condition", condition=SEALED)]),
            stage("won", kind="won", entry=[item("won_amount", "field", field="amount")]),
            stage("lost", kind="lost", outcome_reasons=options("price", "timing")),
        ],
        "moves": [
            move("meet", "show"),
            move("show", "seal"),
            move("seal", "won"),
            move("show", "meet", "back"),
            move("meet", "seal", "skip"),
            move("meet", "lost", "close"),
            move("show", "lost", "close"),
            move("lost", "meet", "reopen"),
            move("lost", "show", "reopen"),
        ],
    }
    return {**process, **changes}


def compiled(**changes) -> stages.CompiledBlueprint:
    return stages.compile_blueprint(
        blueprints.parse_blueprint(data(**changes), CATALOGUE), CATALOGUE
    )


MEET_DONE = {
    "field.budget": "low",
    "document.count:minutes:docx,pdf": 1,
    "checklist.ticked:meet.greeted": True,
    "checklist.ticked:meet.noted": True,
}
ALL_DONE = {
    **MEET_DONE,
    "contacts.roles_covered": 3,
    "document.count:slides": 2,
    "field.seal": "stamped",
    "field.amount": 1,
}
