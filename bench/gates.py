"""The process of the move bench: one locked move, with every kind of item in its gate."""

from collections.abc import Sequence

from django.db import connection

from bench import volumes
from closeloop.edge import revisions, work
from closeloop.identity.actor import SYSTEM
from closeloop.process import actions as process
from closeloop.sla import actions as sla
from closeloop.sla import policies
from closeloop.sla.models import PolicyVersion

FROM, TO = "talking", "agreed"
FIELDS = ("source", "intent_level", "budget_range", "competitor", "expected_close")
TICKS = ("pain", "budget", "next_step")
CLOCKS = ("stage_overstay", "no_interaction")
"""The standard pack's policies whose clocks run on every deal."""
DOCUMENTS = ("interview_minutes", "decision_chain_map")


def _words(text: str) -> dict[str, str]:
    return {"zh-CN": text, "en-US": text}


def _item(key: str, kind: str, **special: object) -> dict[str, object]:
    return {"key": key, "kind": kind, "name": _words(key), **special}


BLUEPRINT = {
    "key": "deal",
    "record_type": "deal",
    "name": _words("bench"),
    "version": 1,
    "initial": FROM,
    "stages": [
        {
            "key": FROM,
            "name": _words(FROM),
            "expected_days": 10,
            "checklist": [{"key": key, "name": _words(key)} for key in TICKS],
            "exit": [
                *(_item(f"has_{key}", "field", field=key) for key in FIELDS),
                *(
                    _item(f"has_{kind}", "document", document=kind, types=["pdf"])
                    for kind in DOCUMENTS
                ),
                _item("has_ticks", "checklist"),
                _item(
                    "is_worth_it",
                    "condition",
                    condition={
                        "combinator": "and",
                        "rules": [{"field": "field.amount", "operator": ">", "value": 0}],
                    },
                ),
            ],
        },
        {"key": TO, "name": _words(TO), "expected_days": 14},
        {
            "key": "won",
            "name": _words("won"),
            "kind": "won",
        },
    ],
    "moves": [
        {"from": FROM, "to": TO, "kind": "forward"},
        {"from": TO, "to": "won", "kind": "forward"},
    ],
}


def retire_policies() -> None:
    """Let no clock follow a move."""
    PolicyVersion.objects.update(is_current=False)
    revisions.bump(policies.REVISION)


def ready_deals(
    owners: Sequence[tuple[int, int]], *, count: int, with_clocks: bool = False
) -> range:
    """Publish the process, and load deals that stand before its gate with nothing missing.

    With clocks they have those that run on a deal of the standard pack, and have stood there for
    more than the 14 days after which a move opens one more.
    """
    version = work.perform(lambda: process.publish(BLUEPRINT, actor=SYSTEM))
    ids = volumes.load_deals(
        owners, count=count, version_id=version.pk, stages={FROM: 1}, least_hours=400
    )
    volumes.fill_gates(ids, ticks=[f"{FROM}.{key}" for key in TICKS], documents=DOCUMENTS)
    if with_clocks:
        revisions.refresh()
        for key in CLOCKS:
            sla.adopt(key, "deal", record_ids=ids)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return ids
