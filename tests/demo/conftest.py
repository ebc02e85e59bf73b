"""A small company for every test of the demo."""

from datetime import date

import pytest

from closeloop.demo import actions, contracts, workdays
from closeloop.demo.company import DEPARTMENTS, MINI, Region, Size
from closeloop.demo.organising import organise
from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.scoring import scorecards
from closeloop.scoring.models import ScorecardVersion
from tests.builders.kept import kept
from tests.demo.told_clock import ToldClock

TODAY = date(2026, 11, 21)
SIZE = Size(
    days=18,
    regions=(Region("east", "华东", (2,)),),
    departments=DEPARTMENTS,
    customers=6,
    groups=1,
    openings=0,
    leads_a_day=1.5,
    deals_a_head=90.0,
    repairs=3,
)


@pytest.fixture
def stored_files(settings, tmp_path):
    """Keep documents in a folder of the test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def loaded(clock):
    """The small demo company as it is loaded; its rows are put back for whoever asks again."""
    return kept(load_mini)


def load_mini():
    """Load the demo company of a few people."""
    return actions.load_company(today=TODAY, size=MINI)


@pytest.fixture
def clock(db, monkeypatch):
    """A clock that is told, for what is made after it."""
    told = ToldClock(monkeypatch)
    told.tell(workdays.at(TODAY, 9, actions.zone()))
    return told


@pytest.fixture
def organisation(db, stored_files):
    """One team with everybody at headquarters, and the standard pack."""
    return kept(organised)


def organised():
    org.install_roles()
    designer.install_pack(packs.read_pack("standard"), actor=SYSTEM)
    contracts.before_approvals(actor=SYSTEM)
    before_scoring()
    return organise(SIZE, seed=1, since=workdays.at(TODAY, 9, actions.zone()))


def before_scoring():
    """A history is told as if nobody scored leads yet: the demo scores them once it is over."""
    ScorecardVersion.objects.update(is_current=False)
    revisions.bump(scorecards.REVISION)
    scorecards.forget()
