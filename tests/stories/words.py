"""The words of the screens in both languages, as the client has them."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parents[2] / "web" / "src" / "locales"
RAW = re.compile(
    r"\b[a-z]+(?:_[a-z0-9]+)+\b"  # a code of the program
    r"|\b(?:" + "|".join(sorted(file.stem for file in (LOCALES / "zh-CN").glob("*.json"))) + r")"
    r"[.:][a-z]\w*\.?\w*"  # a key of the locale files
    r"|\bundefined\b|\bNaN\b|\[object|\{\{|\bnull\b|Invalid Date"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
IN_SNIPPETS = ("com", "example", "head", "https", "www")
"""What addresses and the code for a website hold; it stands on screens as it is copied."""
IN_TRAILS = ("product",)
"""Parts of a visited page's address."""
AT_HOME_IN_CHINESE = (
    *("API", "CSV", "TSV", "XLSX", "xlsx", "Excel", "UTF", "GBK", "GB", "Windows", "Big"),
    *("BP", "OIDC", "CorpID", "AgentId", "AppKey", "AppSecret", "App", "Client", "Issuer"),
    *("Secret", "Token", "Verification", "Encrypt", "Key", "EncodingAESKey", "STARTTLS", "SSL"),
    *(
        "Closeloop",
        "OpenAI",
        "IMAP",
        "INBOX",
        "English",
        "Ctrl",
        "Enter",
        "Esc",
        "MQL",
        "SQL",
        "ID",
        "CT",
        "kB",
        "KB",
        "MB",
        "PDF",
        "UTC",
    ),
)
"""Names and abbreviations that Chinese users write as they are."""
AT_HOME_IN_ENGLISH = ("中文", "成环")


@cache
def _space(language: str, name: str) -> dict:
    return json.loads((LOCALES / language / f"{name}.json").read_text(encoding="utf-8"))


def word(language: str, key: str) -> str:
    """A text of the screens, up to its first gap: `desk:filter.button`."""
    space, _, path = key.partition(":")
    found = _space(language, space)
    for part in path.split("."):
        found = found[part]
    return str(found).split("{{")[0]


def raw_codes(text: str) -> list[str]:
    """What only programmers should see."""
    return sorted(set(RAW.findall(text)))


def strangers(text: str, *, language: str, data: Iterable[str]) -> list[str]:
    """The words of the other language, apart from what people typed."""
    for typed in sorted(data, key=len, reverse=True):
        text = text.replace(typed, " ")
    if language == "zh-CN":
        return sorted(set(ENGLISH.findall(text)) - {*AT_HOME_IN_CHINESE, *IN_SNIPPETS, *IN_TRAILS})
    for term in AT_HOME_IN_ENGLISH:
        text = text.replace(term, " ")
    return sorted(set(CHINESE.findall(text)))
