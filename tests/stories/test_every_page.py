"""Every page, in both languages, light and dark, wide and narrow: readable by everybody."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stories.accepted import serious
from tests.stories.given import stored
from tests.stories.scenes import make_world, scenes
from tests.stories.words import raw_codes, strangers

SEEN = """() => {
  const shown = (element) => element.checkVisibility();
  const named = ['aria-label', 'title', 'placeholder'];
  const labels = [...document.querySelectorAll('[aria-label],[title],[placeholder]')]
    .filter((element) => shown(element) && !element.classList.contains('anticon'))
    .flatMap((element) => named.map((name) => element.getAttribute(name) ?? ''));
  const codes = [...document.querySelectorAll('code')].map((element) => element.innerText)
    .sort((one, other) => other.length - one.length);
  const seen = [document.body.innerText, ...labels].join('\\n');
  return codes.reduce((text, code) => text.replaceAll(code, ' '), seen);
}"""
GO = """(path) => {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
SETTLED = """() => {
  const last = performance.getEntriesByType('resource').at(-1);
  const waits = ['加载中', 'Loading'].map((name) => `[role=status][aria-label=${name}]`);
  const isWaiting = document.querySelector(waits.join(',')) || !document.querySelector('main');
  return !isWaiting && performance.now() - last.responseEnd > 250;
}"""
PICTURES = os.environ.get("STORY_PICTURES")
"""A folder for pictures of every page, to be looked at by people."""


WIDE, NARROW = 1440, 390


@pytest.mark.parametrize(
    "eyes",
    [
        {"language": "zh-CN", "dark": False, "width": WIDE},
        {"language": "zh-CN", "dark": True, "width": NARROW},
        {"language": "en-US", "dark": True, "width": WIDE},
        {"language": "en-US", "dark": False, "width": NARROW},
    ],
    ids=lambda eyes: "-".join(str(value) for value in eyes.values()),
)
def test_every_page_is_readable_by_everybody(enter, company, axe, eyes):
    world = stored(make_world, company)
    language, width = eyes["language"], eyes["width"]
    page = enter(world.person, **eyes)
    found: list[tuple] = []
    for name, scene in scenes(world, width=width).items():
        go(page, scene.path)
        settle(page)
        for step in scene.steps:
            step(page, language)
        expect(page.get_by_role(scene.awaited).first).to_be_visible()
        settle(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{language}.png")
        faults = faults_of(page, axe, language=language, typed=world.typed())
        found += [(name, *fault) for fault in faults]
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1440), ("en-US", 390)])
def test_the_sign_in_page_is_readable_by_everybody(enter, axe, language, width):
    page = enter(None, width=width, language=language)
    settle(page)
    assert faults_of(page, axe, language=language, typed=set()) == []


def go(page: Page, path: str) -> None:
    """Go to an address as a link would, without loading the product anew unless it must be."""
    page.keyboard.press("Escape")
    if path.startswith("/m") != page.evaluate("location.pathname.startsWith('/m')"):
        page.goto(path)
    else:
        page.evaluate(GO, path)


def settle(page: Page) -> None:
    """Wait until nothing is asked for and the page stands still."""
    page.wait_for_function(SETTLED)


def faults_of(page: Page, axe, *, language: str, typed: set[str]) -> list:
    """What is wrong on the page: for assistive technology, for readers, in its width."""
    text = page.evaluate(SEEN)
    for one in typed:
        text = text.replace(one, " ") if "_" in one else text
    faults: list = serious(axe(page))
    faults += [("raw", code) for code in raw_codes(text)]
    faults += [("foreign", one) for one in strangers(text, language=language, data=typed)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        faults.append(("wide", "the page scrolls sideways"))
    return faults
