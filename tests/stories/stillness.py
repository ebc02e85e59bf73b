"""When a page stands still: it has what it asked for and has drawn it."""

from playwright.sync_api import Page

WATCH = """() => {
  const plain = window.fetch;
  performance.setResourceTimingBufferSize(10000);
  window.openAsks = 0;
  window.fetch = (...asked) => {
    window.openAsks += 1;
    return plain(...asked).finally(() => { window.openAsks -= 1; });
  };
}"""
"""Runs before the client: counts what is asked for and not answered yet."""
SETTLED = """(quietMs) => {
  const waits = ['加载中', 'Loading'].map((name) => `[role=status][aria-label=${name}]`).join(',');
  const last = performance.getEntriesByType('resource').at(-1);
  const now = performance.now();
  const isStill = window.openAsks === 0 && now - last.responseEnd > quietMs
    && document.querySelector('main') && !document.querySelector(waits);
  if (!isStill) window.stillSince = undefined;
  else window.stillSince ??= now;
  return isStill && now - window.stillSince > quietMs;
}"""
QUIET_MS = 60
"""So long after the last answer, and so long over several frames, must the page stand still."""


def settle(page: Page) -> None:
    """Wait until nothing is asked for, nothing is loading and nothing is left to draw."""
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(SETTLED, arg=QUIET_MS)
