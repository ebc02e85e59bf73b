"""Where the stories' browser and its Chinese font come from, as root and as anybody else."""

import pytest

from scripts.setup import browser


@pytest.fixture
def ran(monkeypatch) -> list[list[str]]:
    """What would have been run."""
    commands: list[list[str]] = []
    monkeypatch.setattr(browser, "run", lambda _title, words, **_rest: commands.append(words))
    return commands


def test_a_machine_that_has_both_gets_nothing(monkeypatch, ran):
    monkeypatch.setattr(browser, "_wanted", lambda: {"chromium": True, "fonts-noto-cjk": True})
    browser.make()
    assert ran == []


def test_root_installs_packages(monkeypatch, ran):
    monkeypatch.setattr(browser, "_wanted", lambda: {"chromium": False, "fonts-noto-cjk": False})
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    browser.make()
    assert [words[:2] for words in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[-1][-2:] == ["chromium", "fonts-noto-cjk"]


def test_anybody_else_gets_playwright_s_chromium_and_our_fonts(monkeypatch, ran, tmp_path):
    monkeypatch.setattr(browser, "_wanted", lambda: {"chromium": False, "fonts-noto-cjk": False})
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    browser.make()
    assert ran == [[browser.PYTHON, "-m", "playwright", "install", "chromium"]]
    assert (tmp_path / "fonts" / "closeloop" / "NotoSansSC-Regular.ttf").exists()


def test_the_machine_s_own_chromium_is_taken_by_any_of_its_names(monkeypatch):
    has = {"google-chrome": "/opt/google/chrome"}
    monkeypatch.setattr(browser.shutil, "which", has.get)
    assert browser.executable() == "/opt/google/chrome"
    has.clear()
    assert browser.executable() is None
