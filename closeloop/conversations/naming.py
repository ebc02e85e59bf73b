"""Which customers a text names, within a viewer's reach.

A name is looked for where the words of organisations stand (公司, 医院, …): the last characters
up to such a word find the candidates, and a candidate counts when its whole title stands in the
text.
"""

import re
from collections.abc import Iterator

from closeloop.customers.catalogue import CUSTOMER
from closeloop.identity.actor import Actor
from closeloop.recognition.plugs import Known
from closeloop.records import queries as records
from closeloop.records import search

MOST_NAMES = 20
_LEAST = 4
_TAIL = 6
_ORGANISATION = re.compile(
    r"公司|集团|医院|诊所|门诊部|卫生院|保健院|疾控中心|中心|研究院|研究所|大学|学院|学校|工厂|厂|银行|"
    r"药房|药业|医疗|科技|股份|实验室|Hospital|Ltd|Inc|Group|Clinic",
    re.IGNORECASE,
)


def customers_named(text: str, actor: Actor) -> list[Known]:
    """The customers whose titles stand in the text, in its order, each once."""
    flat = "".join(text.split())
    found: dict[int, tuple[int, Known]] = {}
    for tail in _tails(flat):
        for hit in records.find(tail, actor=actor, types=[CUSTOMER.key], limit=20):
            place = _place(hit.title, flat)
            if place >= 0:
                said = flat[place : place + len(search.normalize(hit.title))]
                found.setdefault(hit.id, (place, Known(hit.id, hit.type, hit.title, said)))
    return [known for _, known in sorted(found.values(), key=lambda each: each[0])]


def _place(title: str, flat: str) -> int:
    wanted = search.normalize(title)
    if len(wanted) < _LEAST:
        return -1
    return "".join(search.normalize(each) or each for each in flat).find(wanted)


def _tails(flat: str) -> Iterator[str]:
    seen: set[str] = set()
    for match in _ORGANISATION.finditer(flat):
        tail = flat[max(0, match.end() - _TAIL) : match.end()]
        chinese = re.split(r"[^\w]", tail)[-1]
        if len(chinese) >= _LEAST and chinese not in seen and len(seen) < MOST_NAMES:
            seen.add(chinese)
            yield chinese
