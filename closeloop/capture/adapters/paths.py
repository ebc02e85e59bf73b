"""Finding values in a payload by their paths (pure).

`contact.phone`, `items[0].value`, `formDetail[type=phone].value`: names with dots between, a place
in brackets, or the first entry whose member has a value.
"""

import re
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]|\[([^\]=]+)=([^\]]*)\]")
LONGEST = 200


def is_path(text: str) -> bool:
    """Whether a text is a path."""
    if not text or len(text) > LONGEST:
        return False
    rest = _STEP.sub("", text)
    return not rest.replace(".", "") and ".." not in text and not text.startswith(".")


def find(payload: Any, path: str) -> Any:
    """The value at a path, or None where the payload has none."""
    found = payload
    for name, place, member, wanted in _STEP.findall(path):
        if name:
            found = found.get(name) if isinstance(found, dict) else None
        elif place:
            number = int(place)
            found = found[number] if isinstance(found, list) and number < len(found) else None
        else:
            entries = found if isinstance(found, list) else []
            fitting = (each for each in entries if isinstance(each, dict))
            found = next((each for each in fitting if str(each.get(member)) == wanted), None)
        if found is None:
            return None
    return found


def assign(payload: Any, mapping: dict[str, str]) -> dict[str, Any]:
    """Field -> value for each path at which the payload has something."""
    found = {field: find(payload, path) for field, path in mapping.items()}
    return {field: value for field, value in found.items() if value not in (None, "")}
