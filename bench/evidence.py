"""How many doctored follow-ups are doubted, and how many honest ones: through the real path.

500 visits, half of them honest: each photo is sent as a phone sends it and each visit recorded by
the sync endpoint's action. Then the index of photos is looked into with 100,000 of them.
"""

import statistics
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from bench import company, contacts, ground, scenes
from bench.contacts import APART, EXPECTED, HONEST, Customer, Visit
from closeloop.desk import actions as desk
from closeloop.fieldwork import actions, prints
from closeloop.fieldwork.actions.uploading import alike
from closeloop.fieldwork.reports import Report, Where
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.records.models import Record

COUNT = 500
AUTHORS = 10
CUSTOMERS = 40
PHOTOS = 100_000
LOOKUPS = 200


@dataclass(frozen=True)
class Found:
    """Of one kind: how many there were, how many were doubted as expected, and doubted at all."""

    kind: str
    count: int
    found: int
    doubted: int


def main() -> None:
    """Print the table and end with the figures."""
    count = int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else COUNT
    with ground.own_database("evidence"):
        people, places = sellers()
        ground.say(f"{count} visits by {len(people)} people at {len(places)} customers")
        table = measure(count, people, places)
        for each in table:
            ground.say(f"{each.kind:20} {each.count:4} {each.found:4} {_share(each):6.1f} %")
        index = lookups()
    ground.report({"bench": "evidence", **figures(table), **index})


def sellers() -> tuple[list[Actor], list[Customer]]:
    """Ten salespeople and their hospitals, each of which is known to be somewhere in Shanghai."""
    rng = numpy.random.default_rng(1)
    ids = list(dict.fromkeys(owner for owner, _ in company.found_company().owners))[:AUTHORS]
    people = [actor_of_user(User.objects.get(pk=each)) for each in ids]
    return people, [customer(number, people, rng) for number in range(CUSTOMERS)]


def measure(
    count: int,
    people: Sequence[Actor],
    customers: list[Customer],
    *,
    size: tuple[int, int] = scenes.SIZE,
) -> list[Found]:
    """Send and record the visits; gives what was found, kind by kind."""
    doubts: dict[str, list[set[str]]] = {}
    for visit in contacts.visits(
        count, authors=len(people), customers=customers, now=timezone.now(), size=size
    ):
        doubts.setdefault(visit.kind, []).append(_recorded(visit, people[visit.author]))
    return [
        Found(
            kind=kind,
            count=len(some),
            found=sum(EXPECTED.get(kind, "") in each for each in some),
            doubted=sum(bool(each) for each in some),
        )
        for kind, some in sorted(doubts.items())
    ]


def figures(table: Sequence[Found]) -> dict[str, float]:
    """Found and false shares in percent: all that count, each kind, crops and mirrors apart."""
    counted = [each for each in table if each.kind not in (HONEST, *APART)]
    honest = next(each for each in table if each.kind == HONEST)
    found = sum(each.found for each in counted) / sum(each.count for each in counted)
    return {
        "found_pct": round(100 * found, 1),
        "false_pct": round(100 * honest.doubted / honest.count, 1),
        **{f"{each.kind}_pct": round(_share(each), 1) for each in table if each.kind != HONEST},
    }


def lookups() -> dict[str, float]:
    """How long it takes to look for a photo among 100,000."""
    rng = numpy.random.default_rng(5)
    known = [prints.prints_of(scenes.scene(seed, size=(320, 240))) for seed in range(200)]
    owner = User.objects.order_by("pk").first()
    _fill(known, rng, owner)
    asked = [prints.asked_of(scenes.scene(900_000 + n, size=(320, 240))) for n in range(LOOKUPS)]
    taken = []
    for each in asked:
        started = time.perf_counter()
        alike(each)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    ground.say(
        f"among {PHOTOS} photos: median {statistics.median(taken):.1f} ms,"
        f" p95 {taken[int(LOOKUPS * 0.95)]:.1f} ms"
    )
    return {
        "lookup_ms": round(statistics.median(taken), 2),
        "lookup_p95_ms": round(taken[int(LOOKUPS * 0.95)], 2),
    }


def _recorded(visit: Visit, actor: Actor) -> set[str]:
    photo = uuid.uuid5(visit.client_id, "photo")
    with transaction.atomic():
        actions.upload(
            SimpleUploadedFile("photo.jpg", visit.photo),
            client_id=photo,
            kind="photo",
            taken_at=None,
            actor=actor,
        )
    report = Report(
        client_id=visit.client_id,
        kind="visit",
        record_type="customer",
        record_id=visit.customer.id,
        at=visit.at,
        text=visit.text,
        next_at=visit.next_at,
        place=Where(*visit.place, accuracy_m=visit.accuracy_m, system=visit.system),
        uploads=(photo,),
        via="phone",
    )
    with transaction.atomic():
        outcome = actions.record_all([report], actor=actor, device_now=visit.device_now)[0]
    if outcome.saved is None or not outcome.saved.decided.counts:
        raise RuntimeError(f"a visit did not count: {outcome}")
    return {doubt.kind.value for doubt in outcome.saved.decided.doubts}


def customer(number: int, people: Sequence[Actor], rng: numpy.random.Generator) -> Customer:
    """A hospital whose place somebody has set."""
    latitude = 31.1 + float(rng.uniform(0, 0.3))
    longitude = 121.3 + float(rng.uniform(0, 0.4))
    owner = people[number % len(people)]
    name = f"第{number + 1}人民医院"
    with transaction.atomic():
        made = desk.create_record(
            "customer", {"name": name, "industry": "private_hospital"}, actor=owner
        )
        record = Record.objects.get(pk=made)
        actions.set_place(record, Where(latitude, longitude), radius_m=300, actor=owner)
    return Customer(record.pk, name, latitude, longitude)


def _fill(
    known: Sequence[Sequence[prints.Print]], rng: numpy.random.Generator, owner: User | None
) -> None:
    """Prints of as many photos: those of real scenes with every third bit another."""
    if owner is None:
        raise RuntimeError("nobody there")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO files_attachment (kind, name, content_type, format, size, sha256,"
            " stored_as, thumbnail_as, taken) VALUES ('photo', 'a.jpg', 'image/jpeg', 'image', 1,"
            " '', '', '', '{}') RETURNING id"
        )
        attachment = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO fieldwork_upload (author_id, client_id, kind, attachment_id, likes)"
            " SELECT %s, gen_random_uuid(), 'photo', %s, '[]' FROM generate_series(1, %s)"
            " RETURNING id",
            [owner.pk, attachment, PHOTOS],
        )
        ids = [row[0] for row in cursor.fetchall()]
        columns = "upload_id, variant, coarse, fine, band_0, band_1, band_2, band_3"
        with cursor.copy(f"COPY fieldwork_photoprint ({columns}) FROM STDIN") as copy:
            for place, number in enumerate(ids):
                for each in known[place % len(known)]:
                    bits = numpy.packbits(rng.random(64) < 1 / 3).tobytes()
                    flipped = (each.coarse % 2**64) ^ int.from_bytes(bits, "big")
                    coarse = prints.signed(flipped, 64)
                    changed = prints.Print(each.variant, coarse, each.fine)
                    copy.write_row([number, each.variant, coarse, each.fine, *changed.bands])
        cursor.execute("ANALYZE fieldwork_photoprint")


def _share(each: Found) -> float:
    return 100 * each.found / each.count


if __name__ == "__main__":
    main()
