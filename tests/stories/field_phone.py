"""A salesperson's phone: location, camera, network that comes and goes, taps that are counted."""

import io
import itertools

import numpy
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from closeloop.fieldwork import actions as fieldwork
from closeloop.fieldwork.reports import Where
from closeloop.identity.models import User
from closeloop.privacy import actions as privacy
from closeloop.privacy.models import Purpose
from closeloop.records.models import Record
from tests.builders.people import actor_of
from tests.builders.records import make_customer, make_deal

WIDTH = 390
HERE = (31.2304, 121.4737)
FAR = (31.3304, 121.4737)
CONTROLLED = """() => new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  else navigator.serviceWorker.addEventListener('controllerchange', () => done());
})"""
READY = """(person) => new Promise((done) => {
  const look = () => {
    const asked = indexedDB.open(`closeloop.${person}`);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => setTimeout(look, 50);
    asked.onsuccess = () => {
      const kept = asked.result.transaction('answers').objectStore('answers').getAllKeys();
      kept.onsuccess = () => {
        asked.result.close();
        const has = (name) => kept.result.some((key) => key.includes(name));
        if (has('followup-options') && has('followup-customers') && has('today')) done();
        else setTimeout(look, 50);
      };
    };
  };
  look();
})"""
"""Resolves when this browser keeps what a person needs without network."""
_seeds = itertools.count(1)


def photo() -> bytes:
    """A photo that looks like no other."""
    patches = numpy.random.default_rng(next(_seeds)).integers(0, 255, (12, 16, 3), dtype="uint8")
    kept = io.BytesIO()
    Image.fromarray(patches).resize((1600, 1200), Image.Resampling.BICUBIC).save(kept, "JPEG")
    return kept.getvalue()


def agree(person: User) -> None:
    """The person has read what location and photos are taken for, and agreed."""
    for key in ("location", "photos"):
        version = Purpose.objects.filter(key=key).latest("version").version
        privacy.answer(key, version, is_agreed=True, via="phone", actor=actor_of(person))


def make_hospital(owner: User, name: str, at: tuple[float, float], *, deal: str = "") -> int:
    """A customer whose place is known, with a deal where one is named."""
    customer = make_customer(owner, name)
    record = Record.objects.get(pk=customer)
    fieldwork.set_place(record, Where(*at), radius_m=300, actor=actor_of(owner))
    if deal:
        make_deal(owner, deal, customer=customer)
    return customer


class Phone:
    """A phone in a hand: every tap on it is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": HERE[0], "longitude": HERE[1], "accuracy": 18})

    def tap(self, place: Locator) -> None:
        """One tap."""
        place.click()
        self.taps += 1

    def begin(self, customer: str) -> None:
        """From today to the page where evidence is gathered."""
        self.tap(self.page.get_by_role("link", name="记跟进"))
        self.tap(self.page.get_by_role("button", name=customer))
        expect(self.page.get_by_role("heading", name=customer)).to_be_visible()

    def shoot(self, taken: bytes = b"") -> None:
        """Take a picture: the camera asks for its shutter and for "use this one"."""
        with self.page.expect_file_chooser() as chooser:
            self.tap(self.page.get_by_role("button", name="拍照"))
        before = self.page.get_by_role("img").count()
        file = FilePayload(name="IMG.jpg", mimeType="image/jpeg", buffer=taken or photo())
        chooser.value.set_files(file)
        expect(self.page.get_by_role("img")).to_have_count(before + 1)
        self.taps += 2

    def say(self, text: str) -> None:
        """Speak or type: one tap into the field, then the text itself."""
        self.tap(self.page.get_by_label("客户痛点"))
        self.page.get_by_label("客户痛点").fill(text)

    def visit(self, customer: str, text: str, day: str = "明天") -> None:
        """A whole visit, from today to done."""
        self.begin(customer)
        self.shoot()
        self.say(text)
        self.tap(self.page.get_by_role("button", name=day, exact=True))
        expect(self.page.get_by_text("已定位")).to_be_visible()
        self.tap(self.page.get_by_role("button", name="完成"))

    def home(self) -> None:
        """Back to today."""
        self.page.get_by_role("link", name="回到今日").click()

    def be_ready(self, person: User) -> None:
        """Wait until the phone keeps what it needs without network."""
        self.page.evaluate(CONTROLLED)
        self.be_ready_as(person.pk)

    def be_ready_as(self, person_id: int) -> None:
        """The same for a person by id."""
        self.page.evaluate(READY, person_id)

    def lose_network(self) -> None:
        """Into the corridor."""
        self.page.context.set_offline(True)

    def find_network(self) -> None:
        """Out of it again."""
        self.page.context.set_offline(False)
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def reopen(self) -> None:
        """Close the app and open it again."""
        context = self.page.context
        self.page.close()
        self.page = context.new_page()
        self.page.goto("/m")
        expect(self.page.get_by_role("link", name="记跟进")).to_be_visible()

    def told(self, text: str) -> Locator:
        """What today says of the things that lie on the phone."""
        return self.page.get_by_role("link", name=text)
