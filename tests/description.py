"""The API as it describes itself: from the file that the suite's first stage compares with it.

Making the description anew takes as long as a hundred tests.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).parents[1] / "docs" / "openapi.json"


@cache
def description() -> dict[str, Any]:
    """The whole description; nobody changes it."""
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text())
    return found
