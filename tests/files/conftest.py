from pathlib import Path

import pytest

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.records.models import Record


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, settings) -> Path:
    """The folder in which this test's documents are stored."""
    location = tmp_path / "stored"
    location.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(location)},
        },
    }
    return location


@pytest.fixture
def actor(db) -> Actor:
    user = User.objects.create(username="lin", name="林一")
    return Actor(user_id=user.pk, name=user.name)


@pytest.fixture
def record(db) -> Record:
    return Record.objects.create(type="deal", title="迈瑞监护仪 20 台")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
