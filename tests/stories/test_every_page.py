"""Every page, in both languages, light and dark, wide and narrow: readable by everybody."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from closeloop.metrics import actions as figures
from tests.stories import nurture_scenes
from tests.stories.accepted import serious
from tests.stories.given import stored
from tests.stories.scene import Scene
from tests.stories.scenes import make_world, scenes
from tests.stories.stillness import settle
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
SHELL = (":has(~ #main)", "#main ~ nav")
"""What stands around every page; it is looked at once in each width."""
PICTURES = os.environ.get("STORY_PICTURES")
"""A folder for pictures of every page, to be looked at by people."""


@dataclass(frozen=True)
class Look:
    """How wide the screen is, and its tone."""

    width: int
    is_dark: bool


WIDE, NARROW = 1440, 390
HEIGHT = 900
LOOKS = {
    "zh-CN": (Look(width=WIDE, is_dark=False), Look(width=NARROW, is_dark=True)),
    "en-US": (Look(width=WIDE, is_dark=True), Look(width=NARROW, is_dark=False)),
}
LONG_WORDED = "en-US"
"""The language whose pages are looked at narrow alone where they are the same on phones."""


@pytest.mark.parametrize("language", LOOKS)
def test_every_page_is_readable_by_everybody(enter, company, axe, language):
    """Each page is come to once and looked at wide and narrow, in the other tone.

    The screen is turned once a page: whichever way it was left is how the next page is come to,
    unless hands do something there, which is done on the wide screen. In English, whose words are
    longer, a page that phones have too is looked at narrow alone.
    """
    world = stored(make_world, company)
    nurture_scenes.walk()
    figures.rebuild()
    wide, narrow = LOOKS[language]
    page = enter(world.person, language=language, width=WIDE, dark=wide.is_dark)
    typed = world.typed()
    found: list[tuple] = []
    walked: set[int] = set()

    def read(name: str, look: Look) -> None:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{look.width}-{language}.png")
        beside = SHELL if look.width in walked else ()
        walked.add(look.width)
        faults = faults_of(page, axe, language=language, typed=typed, beside=beside)
        found.extend((name, look.width, *fault) for fault in faults)

    on_phones = scenes(world, width=NARROW)
    now = wide
    for name, scene in scenes(world, width=WIDE).items():
        is_on_both = on_phones.pop(name, None) is not None
        is_once = is_on_both and language == LONG_WORDED
        if now is narrow and (scene.steps or not is_on_both):
            now = turn(page, wide)
        elif now is wide and is_once and not scene.steps:
            now = turn(page, narrow)
        come(page, scene, language)
        if now is narrow or not is_once:
            read(name, now)
        if is_on_both and not (is_once and now is narrow):
            now = turn(page, wide if now is narrow else narrow)
            stay(page, scene, language)
            read(name, now)
    turn(page, narrow)
    for name, scene in on_phones.items():
        come(page, scene, language)
        read(name, narrow)
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1440), ("en-US", 390)])
def test_the_sign_in_page_is_readable_by_everybody(enter, axe, language, width):
    page = enter(None, width=width, language=language)
    settle(page)
    assert faults_of(page, axe, language=language, typed=set(), beside=()) == []


def turn(page: Page, look: Look) -> Look:
    """Give the screen this width and tone."""
    tone = "dark" if look.is_dark else "light"
    # One after the other: whoever asks what the tone is while it changes is not told of the change.
    page.emulate_media(color_scheme=tone, reduced_motion="reduce")
    expect(page.locator(f"html[data-theme={tone}]")).to_be_visible()
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    return look


def come(page: Page, scene: Scene, language: str) -> None:
    """Go to the page and do what the scene does there."""
    go(page, scene.path)
    settle(page)
    for step in scene.steps:
        step(page, language)
    expect(shown(page, scene)).to_be_visible()
    if scene.steps:
        settle(page)


def stay(page: Page, scene: Scene, language: str) -> None:
    """See the scene on a screen that was turned; what closed when it was turned is opened again."""
    settle(page)
    if not shown(page, scene).is_visible():
        come(page, scene, language)


def shown(page: Page, scene: Scene) -> Locator:
    """What the scene is about."""
    return page.get_by_role(scene.awaited).first  # type: ignore[arg-type]


def go(page: Page, path: str) -> None:
    """Go to an address as a link would, without loading the product anew unless it must be."""
    page.keyboard.press("Escape")
    if path.startswith("/m") != page.evaluate("location.pathname.startsWith('/m')"):
        page.goto(path)
    else:
        page.evaluate(GO, path)


def faults_of(page: Page, axe, *, language: str, typed: set[str], beside: tuple[str, ...]) -> list:
    """What is wrong on the page: for assistive technology, for readers, in its width."""
    text = page.evaluate(SEEN)
    for one in typed:
        text = text.replace(one, " ") if "_" in one else text
    faults: list = serious(axe(page, beside=beside))
    faults += [("raw", code) for code in raw_codes(text)]
    faults += [("foreign", one) for one in strangers(text, language=language, data=typed)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        faults.append(("wide", "the page scrolls sideways"))
    return faults
