"""What a person's hands do on these screens, by role and label."""

import re

from playwright.sync_api import FilePayload, Locator, Page, Position, expect

Place = Page | Locator
LET_GO = "() => new Promise(done => setTimeout(done, 80))"
"""For 50 ms after a drag, the library of drags takes every click for the end of it."""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def choose(place: Place, label: str, option: str) -> None:
    """Choose one option of a drop-down, typing its name where it searches as one types."""
    box = place.get_by_role("combobox", name=label)
    box.click()
    if box.get_attribute("readonly") is None:
        box.fill(option)
    page = place if isinstance(place, Page) else place.page
    page.locator(".ant-select-dropdown:visible").get_by_title(re.compile(f"^{option}")).click()


def upload(place: Place, kind: str, name: str, content: bytes, content_type: str = "") -> None:
    """Choose a file where documents of this kind are taken, and wait until it is kept."""
    file = FilePayload(name=name, mimeType=content_type or "application/pdf", buffer=content)
    place.get_by_label(f"上传{kind}", exact=True).set_input_files(file)
    page = place if isinstance(place, Page) else place.page
    expect(page.get_by_text(f"已上传 {name}")).to_be_visible()


def field(page: Page, name: str) -> Locator:
    """One of the key facts of a record: its name and value."""
    region = page.get_by_role("region", name="关键信息")
    return region.locator("dl > div").filter(has=page.get_by_role("term").get_by_text(name))


def current_stage(page: Page) -> Locator:
    """The chevron of the stage in which the record is."""
    return page.get_by_role("list", name="阶段路径").locator("[aria-current=step]")


def column(page: Page, stage: str) -> Locator:
    """A stage of a board."""
    return page.get_by_role("region", name=stage, exact=True)


def drag(source: Locator, target: Locator, *, at: Position | None = None) -> None:
    """Take one thing to another by hand: let go only once the screen has drawn where it lies."""
    page = source.page
    target.scroll_into_view_if_needed()
    source.hover()
    page.mouse.down()
    page.mouse.move(*_point(source, None, apart=8), steps=3)
    page.evaluate(DRAWN)
    page.mouse.move(*_point(target, at), steps=12)
    page.evaluate(DRAWN)
    page.mouse.up()
    page.evaluate(LET_GO)


def _point(place: Locator, at: Position | None, *, apart: int = 0) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None, "it is not on the screen"
    inside = at or {"x": box["width"] / 2, "y": box["height"] / 2}
    return box["x"] + inside["x"] + apart, box["y"] + inside["y"] + apart


def toast(page: Page, text: str) -> Locator:
    """What the top of the screen says was done, or was not."""
    return page.get_by_role("status").get_by_text(text)


def sheet(page: Page, title: str) -> Locator:
    """The panel that came in from the side, or from below."""
    return page.get_by_role("dialog", name=title)
