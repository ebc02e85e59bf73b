from pathlib import Path

import pytest

from closeloop.identity.actor import SYSTEM
from tests.builders.company import install_standard_pack
from tests.builders.kept import kept


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, settings) -> Path:
    """The folder in which this test's tables and exports are stored."""
    location = tmp_path / "stored"
    location.mkdir()
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(location)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return location


@pytest.fixture
def pack(db):
    """The record types, fields and processes that the product brings."""
    kept(install_standard_pack)
    return SYSTEM
