"""How well promises are found by the rules: in public meetings of VCSum, and in sentences of sales.

The meetings are named by id and characters (`meetings.json`): whole segments were read, those with
most words of commitment, and labelled before any tuning. They are talks in public, in which hardly
anybody promises anything, so they show above all what is wrongly found; `said.py` has the rest.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.promises import said
from closeloop.engine.promises.finding import find

HERE = Path(__file__).parent
DATA = HERE.parents[1].parent / "shared/data/6_chinese_reference_and_text/vcsum_short_dev.jsonl.gz"
SAID_AT = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
Span = tuple[int, int]


def main() -> None:
    """Print precision and recall of both halves of both sets."""
    figures = {}
    for half in ("tune", "held"):
        figures[f"meetings_{half}"] = of_meetings(half)
        figures[f"said_{half}"] = of_said(0 if half == "tune" else 1)
    if sys.argv[1:] != ["--json"]:
        for name, told in figures.items():
            print(f"{name:15}", told)
    print(json.dumps(figures))


def of_meetings(half: str) -> dict[str, float]:
    """The figures of one half of the meetings."""
    texts = dict(_texts())
    right = wrong = missed = characters = 0
    labelled = json.loads((HERE / "meetings.json").read_text())
    chosen = [each for each in labelled if each["half"] == half]
    for each in chosen:
        text = texts[each["id"]]
        characters += len(text)
        meant: list[Span] = [(start, end) for start, end in each["promises"]]
        found = [(one.start, one.end) for one in find(text, said_at=SAID_AT)]
        hits = [span for span in meant if any(_overlap(span, one) for one in found)]
        right += len(hits)
        missed += len(meant) - len(hits)
        wrong += sum(not any(_overlap(span, one) for span in meant) for one in found)
    told = _figures(right, wrong, missed)
    return {**told, "segments": len(chosen), "characters": characters}


def of_said(offset: int) -> dict[str, float]:
    """The figures of every second sentence."""
    promises, none = said.PROMISES[offset::2], said.NONE[offset::2]
    right, wrong = _counted(promises), _counted(none)
    return {**_figures(right, wrong, len(promises) - right), "sentences": len(promises) * 2}


def _counted(sentences: Sequence[str]) -> int:
    return sum(any(True for _ in find(each, said_at=SAID_AT)) for each in sentences)


def _figures(right: int, wrong: int, missed: int) -> dict[str, float]:
    return {
        "precision": round(right / (right + wrong), 3) if right + wrong else 1.0,
        "recall": round(right / (right + missed), 3) if right + missed else 1.0,
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }


def _texts() -> Iterator[tuple[str, str]]:
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            sentences = [each for part in row["context"] for each in part]
            yield row["id"], "\n".join(sentences)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


if __name__ == "__main__":
    main()
