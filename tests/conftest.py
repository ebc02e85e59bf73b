"""What every test may use: the database of DATABASE_URL, and a browser in Chinese."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from whitenoise.base import WhiteNoise

from closeloop.edge import revisions
from scripts.setup import browser as chromium
from tests.builders.company import Company, make_company
from tests.builders.kept import kept
from tests.emptying import empty_every_table
from tests.template import copied_database

# Playwright runs an event loop in the thread of the test, which Django takes for an async caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WITHOUT = (
    # What Playwright leaves out itself; the last list counts.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "Translate",
    "TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
    # The address bar's own pages: two renderers more for every window, and nobody types there.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
)  # fmt: skip
"""Chromium's features that no story needs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real data first: who begins one of these last lets the other workers wait for minutes."""
    items.sort(key=lambda item: item.get_closest_marker("shared_data") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Say how to get a database when there is none."""
    if not os.environ.get("DATABASE_URL"):
        pytest.exit("No database: run scripts/test, or export DATABASE_URL=$(scripts/db)", 1)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Copy the database of this process from one that was migrated once."""
    with django_db_blocker.unblock(), copied_database():
        yield


@pytest.fixture(scope="session", autouse=True)
def scan_once() -> Iterator[None]:
    """Look through the built client's files once, not anew for every test client."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    scan = WhiteNoise.update_files_dictionary

    def scan_or_remember(files: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            scan(files, root, prefix)
            found[root, prefix] = dict(files.files)
        files.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", scan_or_remember)
        yield


@pytest.fixture(scope="session", autouse=True)
def empty_what_was_written() -> Iterator[None]:
    """Delete rows after a test that commits, instead of having Django truncate every table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_every_table)
        yield


@pytest.fixture(autouse=True)
def afresh() -> None:
    """Begin each test as a new request does."""
    revisions.remember(None)


@pytest.fixture
def company(db, tmp_path, settings) -> Company:
    """The small company of the builders; its documents lie in the test's own folder."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "stored")}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return kept(make_company)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's Chromium, with the same letter shapes everywhere."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium.executable(),
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--font-render-hinting=none",
            f"--disable-features={','.join(WITHOUT)}",
            # A microphone that hums, and that everybody is allowed to use.
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Sit in Shanghai before a wide screen, and do not wait for animations."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def axe():
    """Give a function that lists a page's accessibility faults: rule, weight, first element."""

    def faults(page, *, beside=(), **options):
        """The faults of a page, without those of what lies `beside` it (selectors)."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        wanted = {"runOnly": AXE_RULES, "resultTypes": ["violations"], "preload": False, **options}
        where = {"include": [["html"]], "exclude": [[each] for each in beside]}
        found = page.evaluate("([where, o]) => axe.run(where, o)", [where, wanted])
        return [
            (fault["id"], fault["impact"], fault["nodes"][0]["target"][0])
            for fault in found["violations"]
        ]

    return faults
