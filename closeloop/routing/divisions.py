"""The administrative divisions of China: a place covers everything within it."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_SOURCE = resources.files("closeloop.routing") / "data" / "divisions.csv"
_BETWEEN = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of the standard between a province and its counties that nobody says."""
_ENDINGS = (
    *("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县"),
    *("地区", "新区", "省", "市", "盟", "州", "县", "区"),
)
_SHORTEST = 2


@dataclass(frozen=True)
class Division:
    """A province, city or county by its six-digit code (GB/T 2260)."""

    code: str
    name: str
    parent: str | None

    @property
    def is_shown(self) -> bool:
        """Whether people would name it."""
        return self.name not in _BETWEEN


def division(code: str) -> Division | None:
    """A division by its code."""
    return _by_code().get(code)


def codes() -> tuple[str, ...]:
    """Every code, in order."""
    return tuple(_by_code())


def within(parent: str | None) -> list[Division]:
    """The divisions right below one (None: the provinces), without those that nobody says."""
    found: list[Division] = []
    for each in _below().get(parent, ()):
        found.extend([each] if each.is_shown else within(each.code))
    return found


def full_name(code: str) -> str:
    """A division with what it lies in: 广东省深圳市南山区."""
    return "".join(_by_code()[each].name for each in path_of(code) if _by_code()[each].is_shown)


def search(text: str, *, limit: int) -> list[Division]:
    """Divisions whose name holds a text, the larger first."""
    found = [each for each in _by_code().values() if each.is_shown and text in each.name]
    return sorted(found, key=lambda each: (_rank(each.code), each.code))[:limit]


def path_of(code: str) -> tuple[str, ...]:
    """A division and those it lies in, the province first."""
    path: list[str] = []
    current: str | None = code
    while current is not None:
        found = _by_code().get(current)
        if found is None:
            break
        path.append(found.code)
        current = found.parent
    return tuple(reversed(path))


@lru_cache(maxsize=20_000)
def place_of(text: str) -> tuple[str, ...]:
    """The codes of the place that a text names and of what it lies in; none where none is found.

    Takes a code, or names from the larger to the smaller, written in full or short: 440305,
    广东省深圳市, 广东深圳南山区, 浙江 杭州, 深圳.
    """
    text = "".join(text.split()).replace("/", "").replace("-", "").replace("中国", "")
    if text in _by_code():
        return path_of(text)
    found: Division | None = None
    while text:
        step = _first_in(text, found)
        if step is None:
            break
        found, text = step
    return path_of(found.code) if found else ()


def _first_in(text: str, inside: Division | None) -> tuple[Division, str] | None:
    """The largest division that a text begins with, within another, and what is left of it."""
    for length in range(min(len(text), 12), _SHORTEST - 1, -1):
        fitting = [
            each
            for each in _by_name().get(text[:length], ())
            if inside is None or (each is not inside and inside.code in path_of(each.code))
        ]
        if fitting:
            best = min(fitting, key=lambda each: (_rank(each.code), each.code))
            # A county's name that several cities have says nothing without the city.
            is_meant = inside is not None or _is_alone(best, fitting)
            return (best, text[length:]) if is_meant else None
    return None


def _is_alone(best: Division, fitting: Iterable[Division]) -> bool:
    rank = _rank(best.code)
    return sum(_rank(each.code) == rank for each in fitting) == 1


def _rank(code: str) -> int:
    """0 a province, 1 a city, 2 a county."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


@cache
def _by_code() -> dict[str, Division]:
    listed = csv.DictReader(_SOURCE.read_text(encoding="utf-8").splitlines())
    rows = [(row["code"], row["name"]) for row in listed]
    known = {code for code, _ in rows}
    return {code: Division(code, name, _parent(code, known)) for code, name in rows}


def _parent(code: str, known: set[str]) -> str | None:
    for wider in (code[:4] + "00", code[:2] + "0000"):
        if wider != code and wider in known:
            return wider
    return None


@cache
def _below() -> dict[str | None, list[Division]]:
    found: dict[str | None, list[Division]] = {}
    for each in _by_code().values():
        found.setdefault(each.parent, []).append(each)
    return found


@cache
def _by_name() -> dict[str, list[Division]]:
    """Divisions by their name, in full and as people shorten it."""
    found: dict[str, list[Division]] = {}
    for each in _by_code().values():
        if each.is_shown:
            for name in {each.name, _short(each.name)}:
                found.setdefault(name, []).append(each)
    return found


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST:
            return name.removesuffix(ending)
    return name
