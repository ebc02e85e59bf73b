"""How well leads are scored: by rules written by hand and by the learned model, on real tables.

Each table is imported by the product's own import, scored by a scorecard of `docs/scorecards` and
by a model that learned from the older records; both are judged on the newest 30 %, which neither
has seen. `without` says which columns a model may not look at, and why.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.core.files.storage import default_storage

from bench import ground
from closeloop.edge import revisions, work
from closeloop.engine.scoring import figures
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.scoring import actions
from closeloop.scoring.learning import history
from closeloop.scoring.learning.settings import settings_of
from closeloop.scoring.models import LearnedScore
from closeloop.transfer import actions as transfer

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "1_lead_scoring"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Table:
    """A table, how it is read, and what is kept from the model with the reason."""

    file: str
    recipe: str
    scorecard: str
    outcome: str
    without: Mapping[str, str]
    rising: Mapping[str, int] = field(default_factory=dict)
    in_time: str = ""
    """The column by which rows are put in order of time; none: in an order drawn by lot."""


AFTERWARDS = "written by sales while or after talking"
X_EDUCATION = Table(
    file="x_education_leads.csv",
    recipe="x_education_leads",
    scorecard="x_education",
    outcome="field.converted",
    without={
        "tags": f"{AFTERWARDS}: 'Will revert after reading the email' is won in 97 %",
        "lead_quality": f"{AFTERWARDS}: a guess at the outcome",
        "lead_profile": AFTERWARDS,
        "asymmetrique_activity_index": "a score of the source, made of the columns above",
        "asymmetrique_profile_index": "a score of the source, made of the columns above",
        "asymmetrique_activity_score": "a score of the source, made of the columns above",
        "asymmetrique_profile_score": "a score of the source, made of the columns above",
        "last_notable_activity": "'Modified' and the like: what the record went through at the end",
        "prospect_id": "names the person",
    },
    rising={"total_time_spent_on_website": 1},
    in_time="Lead Number",
)
SHOPPERS = Table(
    file="uci_online_shoppers_intention.csv",
    recipe="uci_online_shoppers",
    scorecard="uci_online_shoppers",
    outcome="field.revenue",
    without={"pagevalues": "what the visit's pages earned: it knows the purchase"},
)
TABLES = {table.scorecard: table for table in (X_EDUCATION, SHOPPERS)}
ALSO_WITHOUT = {"last_activity": "the last thing before the table was made, at times by sales"}


def main() -> None:
    """Judge both tables, each by a program and in a database of its own."""
    if not DATA.exists():
        sys.exit("The shared data are not beside the checkout.")
    named = [word for word in sys.argv[1:] if word in TABLES]
    if named:
        _judge_alone(TABLES[named[0]])
        return
    result: dict[str, Any] = {"bench": "scoring"}
    for name in TABLES:
        program = [sys.executable, "-m", "bench.scoring", name, "--json"]
        done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
        result[name] = json.loads(done.stdout.splitlines()[-1])
    ground.report(result)


def _judge_alone(table: Table) -> None:
    with ground.own_database(f"scoring_{table.scorecard}"):
        result = judge(table)
        if table is X_EDUCATION:
            stricter = {**table.without, **ALSO_WITHOUT}
            result["learned_without_last_activity"] = relearn(table, stricter)
    for column, reason in table.without.items():
        ground.say(f"  {column} was kept from the model: {reason}")
    ground.report(result)


def judge(table: Table) -> dict[str, Any]:
    """Import a table, score it by its rules, learn from it; the figures of both."""
    rows = _rows(table)
    job = _import(table, rows)
    card = yaml.safe_load((ROOT / "docs" / "scorecards" / f"{table.scorecard}.yaml").read_text())
    work.perform(lambda: actions.publish(card, actor=SYSTEM))
    revisions.refresh()
    actions.rescore_all("lead", actor=SYSTEM)
    learned = relearn(table, table.without)
    ids, labels = _judged(learned["judged_on"])
    scores = dict(Lead.objects.filter(pk__in=ids).values_list("pk", "score"))
    grades = dict(Lead.objects.filter(pk__in=ids).values_list("pk", "grade"))
    by_rule = [scores[each] for each in ids]
    found = {
        "rows": job.created,
        "refused": job.refused,
        "judged_on": len(ids),
        "base_rate": round(sum(labels) / len(labels), 4),
        "rules_auc": round(figures.auc(labels, by_rule), 4),
        "rules_lift_20": round(figures.lift(labels, by_rule), 2),
        "mql_won": _rate(ids, labels, grades, is_mql=True),
        "other_won": _rate(ids, labels, grades, is_mql=False),
        "mql_share": round(sum(grades[each] == "mql" for each in ids) / len(ids), 3),
        "learned": learned,
    }
    _say(table, found)
    return found


def relearn(table: Table, without: Mapping[str, str]) -> dict[str, Any]:
    """Learn a model that may not look at some columns; its figures on the newest records."""
    changes = {
        "state": "on",
        "outcome": table.outcome,
        "excluded": frozenset(without),
        "rising": dict(table.rising),
    }
    work.perform(lambda: actions.release("lead", changes, actor=SYSTEM))
    model = work.perform(lambda: actions.train("lead", actor=SYSTEM))
    ids, labels = _judged(model.figures["judged_on"])
    work.perform(lambda: actions.foretell(model, ids))
    said = dict(LearnedScore.objects.values_list("record_id", "probability"))
    auc = round(figures.auc(labels, [said[each] for each in ids]), 4)
    ground.say(f"  learned without {', '.join(without)}: AUC {auc}")
    return {**{k: v for k, v in model.figures.items() if k != "settings"}, "kept_auc": auc}


def _judged(count: int) -> tuple[Sequence[int], Sequence[int]]:
    found = history.outcomes_of("lead", settings_of("lead"))
    return found.ids[-count:], found.labels[-count:]


def _rate(
    ids: Sequence[int], labels: Sequence[int], grades: Mapping[int, str], *, is_mql: bool
) -> float:
    won = [
        label for each, label in zip(ids, labels, strict=True) if (grades[each] == "mql") is is_mql
    ]
    return round(sum(won) / len(won), 4) if won else 0.0


def _rows(table: Table) -> Rows:
    rows = list(csv.DictReader((DATA / table.file).open(encoding="utf-8", newline="")))
    if table.in_time:
        return sorted(rows, key=lambda row: int(row[table.in_time]))
    Random(7).shuffle(rows)
    return [{"Session": str(number), **row} for number, row in enumerate(rows, start=1)]


def _import(table: Table, rows: Rows) -> Any:
    ground.say(f"{table.file}: importing {len(rows)} rows")
    how = yaml.safe_load((ROOT / "docs" / "imports" / f"{table.recipe}.yaml").read_text("utf-8"))
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    content = io.BytesIO(sink.getvalue().encode())
    job = work.perform(
        lambda: transfer.create_import(content, name="t.csv", record_type="lead", actor=SYSTEM)
    )
    plan = {"columns": how["columns"], "constants": how.get("constants") or {}}
    changes = {"plan": plan, **{key: how[key] for key in ("policy", "match_on") if key in how}}
    transfer.change_import(job, changes, actor=SYSTEM)
    work.perform(lambda: transfer.start(job, actor=SYSTEM, defer=lambda _number: None))
    done = transfer.run(job.pk, actor=SYSTEM)
    default_storage.delete(done.stored_as)
    return done


def _say(table: Table, found: Mapping[str, Any]) -> None:
    learned = found["learned"]
    ground.say(
        f"{table.scorecard}: {found['rows']} leads, judged on the {found['judged_on']} newest,"
        f" {found['base_rate']:.1%} won\n"
        f"  rules   AUC {found['rules_auc']}, lift at the top 20 % {found['rules_lift_20']}\n"
        f"  learned AUC {learned['auc']}, Brier {learned['brier']}, lift at the top 20 %"
        f" {learned['lift_20']}, calibration error {learned['calibration_error']}\n"
        f"  MQL won {found['mql_won']:.1%} ({found['mql_share']:.0%} of all), others"
        f" {found['other_won']:.1%}"
    )
    for each in learned["calibration"]:
        ground.say(f"    foretold {each['foretold']:.3f}  came {each['came']:.3f}  {each['count']}")


if __name__ == "__main__":
    main()
