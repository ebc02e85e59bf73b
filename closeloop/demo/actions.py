"""Loading the demo company: organisation, a year of history in simulated time, saved views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.demo import (
    behaving,
    capturing,
    checking,
    connecting,
    consenting,
    contracts,
    daybook,
    following,
    helping,
    mailing,
    nurturing,
    pooling,
    routing,
    samples,
    spending,
    talking,
    targeting,
    telling,
    trying,
    underway,
    views,
    workdays,
)
from closeloop.demo.agreeing import year
from closeloop.demo.company import FULL, Size
from closeloop.demo.errors import NotEmpty
from closeloop.demo.ledger import writing
from closeloop.demo.ledger.books import Books
from closeloop.demo.life.history import History
from closeloop.demo.life.superiors import open_requests_in
from closeloop.demo.organising import Organisation, organise
from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.desk import actions as desk
from closeloop.desk import loads
from closeloop.edge import revisions, work
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.process.models import Version
from closeloop.records.models import Record
from closeloop.sla import actions as sla

SEED = 20
ANALYZED = "ANALYZE"


@dataclass
class Loaded:
    """What was loaded, and how long each part took, in seconds."""

    counts: dict[str, int] = field(default_factory=dict)
    took_s: dict[str, float] = field(default_factory=dict)


def zone() -> ZoneInfo:
    """The company's zone."""
    return ZoneInfo(settings.TIME_ZONE)


def is_loaded() -> bool:
    """Whether the demo company is there."""
    return User.objects.filter(is_demo=True).exists()


def load_company(
    *, today: date, size: Size = FULL, seed: int = SEED, is_forced: bool = False
) -> Loaded:
    """Load the demo company in one transaction: all of it, or nothing.

    Raises NotEmpty where other people's work is in the database, unless forced.
    """
    if not is_forced:
        require_empty()
    loaded, began = Loaded(), monotonic()

    def took(part: str) -> None:
        nonlocal began
        loaded.took_s[part] = round(monotonic() - began, 2)
        began = monotonic()

    midnight = workdays.at(today, 0, zone())
    with work.one_transaction():
        prepare()
        contracts.before_approvals(actor=SYSTEM)
        since = workdays.at(today - timedelta(days=size.days), 8, zone())
        organisation = organise(size, seed=seed, since=since)
        took("organisation")
        books = live(organisation, size=size, today=today, seed=seed)
        took("history")
        writing.write_rows(books)
        books.added.entries += year.remember(until=midnight, seed=seed)
        books.added.entries += following.remember(
            books.samples, ended=sorted(loads.ended("deal")), until=midnight,
            silent=organisation.silent, seed=seed,
        )  # fmt: skip
        writing.write_history(books)
        contracts.introduce_approvals(actor=SYSTEM)
        took("writing")
        sla.adopt(with_past=True, until=midnight)
        took("clocks")
        views.share(organisation)
        spending.enter(
            organisation, since=today - timedelta(days=size.days), today=today, seed=seed
        )
        connecting.connect(organisation)
        behaving.behave(until=midnight, seed=seed)
        routing.introduce(organisation)
        capturing.capture_some(organisation)
        pooling.fill(organisation)
        nurturing.nurture(until=midnight, seed=seed)
        consenting.consent(organisation)
        _begin_today(organisation, today=today, seed=seed)
        telling.tell(
            [person.actor.person_id for person in organisation.everybody],
            now=workdays.at(today + timedelta(days=1), 0, zone()),
        )
        desk.fold_tallies()
        _note(books, size)
    with connection.cursor() as cursor:
        cursor.execute(ANALYZED)
    took("views and statistics")
    loaded.counts = {"people": len(organisation.everybody), **writing.counts(books)}
    return loaded


def _begin_today(organisation: Organisation, *, today: date, seed: int) -> None:
    """Targets, the logs of the last weeks, what is under way, and what was said lately."""
    targeting.ask(organisation, today=today)
    trying.try_out(organisation, today=today)
    daybook.keep(organisation, today=today, seed=seed, zone=zone())
    helping.help_sellers(organisation, today=today, seed=seed, zone=zone())
    underway.begin(organisation, today=today, zone=zone())
    talking.talk(organisation, today=today, zone=zone())
    checking.check_phones(organisation)
    mailing.mail_figures(organisation)


def live(organisation: Organisation, *, size: Size, today: date, seed: int) -> Books:
    """Let an organisation live through its history; gives the books, not yet written."""
    books = Books(places=organisation.places, samples=samples.stored(), first=writing.first_ids())
    history = History(
        organisation,
        size=size,
        today=today,
        seed=seed,
        zone=zone(),
        ledger=books,
        open_requests=open_requests_in(books),
    )
    history.run()
    return books


def require_empty() -> None:
    """Raise NotEmpty where there are records, or people who are not of the demo company."""
    people = User.objects.filter(is_demo=False).count()
    records = Record.objects.count()
    if people or records:
        raise NotEmpty({"people": people, "records": records})


def prepare() -> None:
    """Roles and the standard pack, where `closeloop setup` has not run yet."""
    revisions.refresh()
    org.install_roles()
    if not Version.objects.exists():
        designer.install_pack(packs.read_pack("standard"), actor=SYSTEM)


def _note(books: Books, size: Size) -> None:
    data = {"days": size.days, "counts": writing.counts(books)}
    activity.record(Happening(verb="demo.loaded", data=data), actor=SYSTEM)
