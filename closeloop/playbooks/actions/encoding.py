"""What published entries mean, kept beside their versions so that nobody encodes them twice."""

from collections.abc import Sequence
from functools import partial

from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.engine.playbooks import passages
from closeloop.playbooks.content import said
from closeloop.playbooks.models import Vector, Version
from closeloop.playbooks.retrieval import encoder
from closeloop.playbooks.shelf import REVISION

ENCODE = "playbooks.encode"
TOGETHER = 50
PASSAGES = 9
"""At most so many passages of an entry have vectors: the whole, its title, its sentences."""


def encode_missing() -> int:
    """Encode current versions that have no vectors yet, some at a time; gives how many."""
    done = 0
    while encoded := perform(partial(encode_now, at_most=TOGETHER)):
        done += encoded
    return done


def encode_later() -> None:
    """Have what is published encoded by a worker, once this transaction commits."""
    app.configure_task(ENCODE).defer()


def encode_now(*, at_most: int) -> int:
    """Encode some versions in this transaction; run twice at once, each is encoded once."""
    model = encoder().MODEL
    waiting = (
        Version.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(is_current=True)
        .exclude(vectors__model=model)
        .order_by("pk")[:at_most]
    )
    versions = list(waiting)
    if not versions:
        return 0
    texts = [_passages(version) for version in versions]
    numbers = iter(encoder().encode([each for some in texts for each in some]))
    Vector.objects.bulk_create(
        Vector(version=version, model=model, place=place, numbers=next(numbers))
        for version, some in zip(versions, texts, strict=True)
        for place in range(len(some))
    )
    revisions.bump(REVISION)
    return len(versions)


def _passages(version: Version) -> Sequence[str]:
    title, body = version.content["title"], version.content["body"]
    return passages(said(title, "zh-CN"), said(body, "zh-CN"), at_most=PASSAGES) or [""]
