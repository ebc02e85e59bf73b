"""What a phone kept arrives exactly once, though the product is killed again and again meanwhile.

`PHONE_ROUNDS` says how often; each round draws other moments for its kills.
"""

import base64
import contextlib
import hashlib
import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page, TimeoutError, expect

from closeloop.demo.company import PASSWORD
from tests.platform.product import Product, free_port
from tests.platform.slow_way import Mishap, Way
from tests.stories.field_phone import CONTROLLED, WIDTH, Phone
from tests.stories.test_trouble import MEGABYTE, big_photo

pytestmark = pytest.mark.long
ROUNDS = int(os.environ.get("PHONE_ROUNDS", "3"))
TEXTS = (
    "急诊夜班排队久，想年底前换机",
    "放射科预算未批，等院长办公会",
    "检验科嫌出报告慢，影响门诊",
)
PATIENCE_MS = 120_000
TRIES = 120
PAUSE_MS = 4_000
MOST_APART = 16
"""Grey levels on average: night noise compressed twice stays within, two photos lie 47 apart."""
SLOW_BYTES_PER_S = 4_000_000
"""A photo of some megabytes takes a second, so that a kill meets it on its way."""
UPLOADS, SYNC = "/followups/uploads", "/followups/sync"
PHOTOS = """(person) => new Promise((done) => {
  const asked = indexedDB.open(`closeloop.${person}`);
  asked.onsuccess = () => {
    const all = asked.result.transaction('photos').objectStore('photos').getAll();
    all.onsuccess = async () => {
      asked.result.close();
      const coded = (photo) => btoa(new Uint8Array(photo.bytes).reduce(
        (text, byte) => text + String.fromCharCode(byte), ''));
      done(Object.fromEntries(all.result.map((photo) => [photo.client_id, coded(photo)])));
    };
  };
})"""
"""Each photo on this phone by its id, as it is going to be sent."""
NOTHING_WAITS = """(person) =>
  JSON.parse(localStorage.getItem(`closeloop.outbox.${person}`)).waiting === 0"""
VISITS = """
    SELECT f.text, f.state, f.id, u.id, u.client_id::text, a.sha256
    FROM fieldwork_followup f LEFT JOIN fieldwork_upload u ON u.followup_id = f.id
    LEFT JOIN files_attachment a ON a.id = u.attachment_id
    WHERE f.text = ANY(%s) ORDER BY f.text
"""
TOLD = """
    SELECT count(*) FROM activity_entry WHERE verb = 'followup.recorded'
    AND (data ->> 'followup_id')::bigint = %s AND (data ->> 'main')::boolean
"""
OWED = """
    SELECT c.id, c.closed_at IS NULL AND c.due_at = f.next_at FROM fieldwork_followup f
    LEFT JOIN sla_clock c
        ON (c.context ->> 'followup_id')::bigint = f.id AND c.record_id = f.record_id
    WHERE f.text = ANY(%s)
"""
COUNTS = """
    SELECT (SELECT count(*) FROM fieldwork_followup), (SELECT count(*) FROM fieldwork_upload),
        (SELECT count(*) FROM files_attachment)
"""


@dataclass(frozen=True)
class Spot:
    """The product behind its slow way, and the seller's phone."""

    product: Product
    way: Way
    phone: Phone
    person: int


@pytest.fixture(scope="module")
def product():
    folder = Path(tempfile.mkdtemp(prefix="closeloop"))
    folder.chmod(0o711)
    started = Product(folder, free_port(), demo=True)
    assert started.call("start").returncode == 0
    yield started
    started.call("stop")
    shutil.rmtree(folder)


@pytest.fixture
def spot(product, browser: Browser):
    """The demo's salesperson, signed in, whose phone keeps what it needs without network."""
    assert product.call("wait").returncode == 0
    way = Way(product.port, bytes_per_s=SLOW_BYTES_PER_S)
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{way.port}",
        locale="zh-CN",
        viewport={"width": WIDTH, "height": 844},
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/m")
    page.get_by_label("用户名").fill("sales")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("link", name="记跟进")).to_be_visible(timeout=PATIENCE_MS)
    for purpose in ask(page, "GET", "/api/privacy/purposes")["items"]:
        agreed = {"purpose": purpose["key"], "version": purpose["version"], "agreed": True}
        ask(page, "POST", "/api/privacy/consents", agreed)
    page.reload()
    person = int(ask(page, "GET", "/api/session")["user"]["id"])
    phone = Phone(page)
    phone.page.evaluate(CONTROLLED)
    phone.be_ready_as(person)
    yield Spot(product, way, phone, person)
    context.close()
    way.close()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_each_visit_is_there_once_with_its_photo(spot, seed):
    chance = random.Random(seed)
    page = spot.phone.page
    shown = ask(page, "GET", "/api/followups/customers?mine=1&limit=30")["items"]
    customers = [each["name"] for each in chance.sample(shown, len(TEXTS))]
    texts = [f"{text}（{seed}）" for text in TEXTS]
    before = counts(spot.product)
    spot.phone.lose_network()
    for customer, text in zip(customers, texts, strict=True):
        visit(spot.phone, customer, text)
    coded = page.evaluate(PHOTOS, spot.person)
    photos = {client: base64.b64decode(photo) for client, photo in coded.items()}
    assert len(photos) == len(TEXTS)
    assert min(map(len, photos.values())) > MEGABYTE
    spot.way.mishaps[:] = mishaps(spot.product, chance)
    spot.phone.find_network()
    come_through(spot, is_closed=seed % 2 == 1)
    assert spot.way.mishaps == []
    assert spot.product.call("wait").returncode == 0
    check(spot, texts, photos, before)


def visit(phone: Phone, customer: str, text: str) -> None:
    """A visit with a photo of the phone's camera, its place, its text and tomorrow's date."""
    phone.page.get_by_role("link", name="记跟进").click()
    phone.page.get_by_role("searchbox").fill(customer)
    phone.page.get_by_role("button", name=customer).first.click()
    phone.shoot(big_photo(at_least=0))
    phone.say(text)
    phone.page.get_by_role("button", name="明天", exact=True).click()
    expect(phone.page.get_by_text("已定位")).to_be_visible()
    phone.page.get_by_role("button", name="完成").click()
    expect(phone.page.get_by_text("已保存在本机，联网后自动提交")).to_be_visible()
    phone.home()


def mishaps(product: Product, chance: random.Random) -> list[Mishap]:
    """Everything is killed once while it takes something, and twice when nobody hears of it."""

    def kill(*names: str) -> Callable[[], None]:
        return lambda: product.kill_whole(*names)

    on_their_way = [("web",), ("postgres",), ("web", "worker", "sweeper"), ("web", "postgres")]
    chance.shuffle(on_their_way)
    first, *others = [Mishap(UPLOADS, chance.random(), kill(*names)) for names in on_their_way]
    unheard_photo = Mishap(UPLOADS, 1, kill("web"), unheard=True)
    unheard = Mishap(
        SYNC, 1, kill(*chance.choice([("web",), ("postgres", "worker")])), unheard=True
    )
    taken = Mishap(SYNC, 1, kill(*chance.choice([("web", "sweeper"), ("postgres",)])))
    return [first, unheard_photo, *others, *chance.sample([unheard, taken], 2)]


def come_through(spot: Spot, *, is_closed: bool) -> None:
    """Wait as a person does: look again now and then, and close the app once."""
    for attempt in range(TRIES):
        page = spot.phone.page
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(NOTHING_WAITS, arg=spot.person, timeout=PAUSE_MS, polling=200)
            return
        if is_closed and attempt == 2:
            spot.phone.reopen()
        else:
            page.evaluate("dispatchEvent(new Event('online'))")
    pytest.fail("something still waits on the phone")


def check(spot: Spot, texts: list[str], photos: dict[str, bytes], before: list[int]) -> None:
    """Each visit once, its photo as it was on the phone, one clock, one entry in the calendar."""
    product, page = spot.product, spot.phone.page
    visits = rows(product, VISITS, texts)
    assert [text for text, *_ in visits] == sorted(texts)
    assert {state for _, state, *_ in visits} == {"counted"}
    sent = {client: hashlib.sha256(photo).hexdigest() for client, photo in photos.items()}
    assert {client: sha for *_, client, sha in visits} == sent
    assert [now - then for now, then in zip(counts(product), before, strict=True)] == [3, 3, 3]
    for _, _, followup, upload, client, _ in visits:
        stored = page.context.request.get(f"/api/followups/uploads/{upload}/content")
        assert_same_picture(stored.body(), photos[client])
        assert rows(product, TOLD, followup) == [(1,)]
    owed = rows(product, OWED, texts)
    assert [is_owed for _, is_owed in owed] == [True] * len(texts)
    days = ask(page, "GET", "/api/agenda?days=3")["days"]
    clocks = [thing["clock_id"] for day in days for thing in day["items"]]
    assert [clocks.count(clock) for clock, _ in owed] == [1] * len(texts)


def assert_same_picture(one: bytes, other: bytes) -> None:
    """Two photos show the same to the last corner; one may be stored anew without EXIF."""
    shown, sent = (Image.open(io.BytesIO(each)).convert("L") for each in (one, other))
    assert shown.size == sent.size
    assert ImageStat.Stat(ImageChops.difference(shown, sent)).mean[0] < MOST_APART


def counts(product: Product) -> list[int]:
    """How many follow-ups, files of follow-ups, and documents there are."""
    return list(rows(product, COUNTS)[0])


def rows(product: Product, statement: str, *given: object) -> list[tuple]:
    """What the product's database answers."""
    with psycopg.connect(product.database_url) as connection:
        return connection.execute(statement, given).fetchall()


ASK = """async ([method, path, body]) => {
  const headers = {
    'X-CSRFToken': /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '',
    'Idempotency-Key': crypto.randomUUID(),
    'Content-Type': 'application/json',
  };
  const given = body ? JSON.stringify(body) : undefined;
  const answer = await fetch(path, { method, headers, body: given });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}"""


def ask(page: Page, method: str, path: str, body: object = None) -> dict:
    """Ask the API as the page's person."""
    return page.evaluate(ASK, [method, path, body])
