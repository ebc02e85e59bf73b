"""Findings and what explains them, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from closeloop.deals.catalogue import DEAL
from closeloop.edge import messages
from closeloop.engine.association import Association, Concentration
from closeloop.metrics.stepback.analysing import Analysis
from closeloop.metrics.stepback.circumstances import DUE, ITEM, LATE, SOON, WAITED, Explanation
from closeloop.metrics.stepback.factors import STAGE, Labels
from closeloop.process import blueprints

_MOST_PARTS = 6
_CIRCUMSTANCES = 2


def findings(found: Analysis, labels: Labels) -> list[str]:
    """What is found, the strongest first; one sentence where nothing is."""
    first = found.first
    counts = {"backs": found.backs, "moves": len(found.observed)}
    if first is None:
        code = "none" if found.backs else "no_backs"
        return [_say(f"stepbacks.{code}", labels, counts)]
    told = [_finding(first, labels)]
    told += [_made_of(each, labels) for each in found.made_of if each.trait[0] != STAGE]
    own = [each for each in found.rows[1:] if each.is_found and each.trait not in found.parts]
    told += [_finding(each, labels) for each in own]
    parts = [each for each in found.rows if each.trait in found.parts]
    if parts:
        joint = messages.say("stepbacks.joint", labels.language)
        names = joint.join(labels.of(each.trait) for each in parts[:_MOST_PARTS])
        told.append(
            _say("stepbacks.parts", labels, {"names": names, "label": labels.of(first.trait)})
        )
    return told


def explanation(told: Explanation, labels: Labels) -> list[str]:
    """What would explain the first finding: the way back, what was missing, clocks, waiting."""
    words = {"stage": labels.stage(told.stage), "to": labels.stage(told.to_stage)}
    sentences = [_say("stepbacks.pair", labels, words)]
    if told.hours is not None:
        days = f"{told.hours / 24:.1f}"
        data = {**words, "share": percent(told.returned, told.of), "count": told.returned}
        sentences.append(_say("stepbacks.returned", labels, {**data, "of": told.of, "days": days}))
    for kind in (ITEM, DUE, LATE):
        rows = [each for each in told.rows if each.is_found and each.trait[0] == kind]
        sentences += [
            _say(f"stepbacks.why.{kind}", labels, {**words, **_circumstance(each, told, labels)})
            for each in rows[:_CIRCUMSTANCES]
        ]
    sentences += _waiting(told, labels, words)
    return sentences


def name_of(names: Mapping[str, str] | None, key: str, language: str) -> str:
    """A circumstance's name in a language, or its key."""
    return (names or {}).get(language) or key


def percent(part: float, of: float) -> str:
    """A share with one decimal."""
    return f"{100 * part / of:.1f}%" if of else "—"


def waiting_reasons(stage: str) -> dict[str, Mapping[str, str]]:
    """The waiting reasons that a stage of deals offers, by key."""
    version = blueprints.current_of(DEAL.key)
    found = [each for each in (version.stages if version else ()) if each.key == stage]
    return {reason.key: reason.name for each in found for reason in each.waiting_reasons}


def _finding(each: Association, labels: Labels) -> str:
    low, high = each.interval
    code = "stepbacks.finding" if each.ratio is not None else "stepbacks.finding_only"
    return _say(
        code,
        labels,
        {
            "factor": messages.say(f"stepbacks.factor.{each.trait[0]}", labels.language),
            "label": labels.of(each.trait),
            "share": percent(each.hits, each.hits + each.other_hits),
            "hits": each.hits,
            "backs": each.hits + each.other_hits,
            "elsewhere": percent(each.share_of_misses, 1),
            "ratio": f"{each.ratio or 0:.1f}",
            "low": f"{low:.1f}",
            "high": f"{high:.1f}",
            "p": chance(each.corrected),
        },
    )


def chance(p: float) -> str:
    """A p value as it is told."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def _made_of(each: Concentration, labels: Labels) -> str:
    return _say(
        "stepbacks.made_of",
        labels,
        {
            "factor": messages.say(f"stepbacks.factor.{each.trait[0]}", labels.language),
            "label": labels.of(each.trait),
            "share": percent(each.hits, each.of),
            "hits": each.hits,
            "of": each.of,
            "elsewhere": percent(each.elsewhere, each.elsewhere_of),
        },
    )


def _circumstance(each: Association, told: Explanation, labels: Labels) -> dict[str, object]:
    return {
        "name": name_of(told.names.get(each.trait), each.trait[1], labels.language),
        "share": percent(each.hits, told.of),
        "hits": each.hits,
        "of": told.of,
        "elsewhere": percent(each.of - each.hits, told.others),
        "ratio": f"{each.ratio or 0:.1f}",
        "days": SOON.days,
    }


def _waiting(told: Explanation, labels: Labels, words: Mapping[str, object]) -> Sequence[str]:
    offered = waiting_reasons(told.stage)
    if not offered:
        return [_say("stepbacks.why.cannot_wait", labels, words)]
    used = sum(each.hits for each in told.rows if each.trait[0] == WAITED)
    joint = messages.say("stepbacks.joint", labels.language)
    names = joint.join(name_of(name, key, labels.language) for key, name in offered.items())
    data = {**words, "names": names, "used": used, "of": told.of}
    return [_say("stepbacks.why.could_wait", labels, data)]


def _say(code: str, labels: Labels, data: Mapping[str, object]) -> str:
    return messages.say(code, labels.language, data)
