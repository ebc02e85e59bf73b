"""Every "no" is said in both languages, in one place."""

import json
import re
from collections import Counter

from closeloop.edge import messages
from closeloop.engine.refusals import Faulty, Refusal
from tests.architecture.sources import PACKAGE

LANGUAGES = {"zh-CN", "en-US"}


def refusals(kind=Refusal):
    for each in kind.__subclasses__():
        yield each
        yield from refusals(each)


RECORDED = re.compile(
    r"""(?:verb=|record\(\s*|_changed\(\s*|_record\(\s*|verb = )"([a-z]+\.[a-z_]+)\""""
)


def test_everything_that_is_recorded_can_be_told():
    spoken = messages.catalogue()
    verbs = {verb for file in PACKAGE.rglob("*.py") for verb in RECORDED.findall(file.read_text())}
    assert {"session.opened", "process.published", "view.saved"} <= verbs
    silent = {verb for verb in verbs if f"verb.{verb}" not in spoken}
    assert {verb for verb in silent if f"verb.*.{verb.split('.')[1]}" not in spoken} == set()


def test_every_refusal_tells_its_reader_what_to_do():
    spoken = messages.catalogue()
    silent = {
        f"{each.__module__}.{each.__name__}: {each.code}"
        for each in refusals()
        if each.__module__.startswith("closeloop.")
        and each is not Faulty
        and each.code not in spoken
    }
    assert silent == set()


def test_every_sentence_is_there_in_both_languages():
    halves = [code for code, texts in messages.catalogue().items() if set(texts) != LANGUAGES]
    assert halves == []


def test_no_sentence_is_written_twice():
    codes = Counter(
        code
        for file in PACKAGE.glob("*/messages.json")
        for code in json.loads(file.read_text(encoding="utf-8"))
    )
    assert [code for code, times in codes.items() if times > 1] == []
