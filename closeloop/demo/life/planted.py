"""What is planted in the history on purpose, so that later figures have something to find.

The README of the demo lists it: fake step-backs on Friday afternoons while a seal is awaited
(requirements, settled question 7 and C13), deals that flap, high-intent deals that stand still
(C18), and lively last days for the accounts that the sign-in page offers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from closeloop.demo import texts, workdays
from closeloop.demo.life import deals
from closeloop.demo.life.deals import CALM_DAYS, OFFLINE_CLASS, SEAL_ITEM, DealLife
from closeloop.demo.life.persons import Person
from closeloop.demo.life.world import Steps, World

_TEMPTED = 0.95
_OVER_THE_WEEKEND_DAYS = 4
"""A stage whose time is up before Tuesday evening is over, or nearly, when Monday's seal comes."""
_HONEST_BACKS = 0.00018
"""The daily chance that a deal goes back for a real reason."""
_FLAPPING = 2
_STILL = 5
_LONG_ENOUGH_DAYS = 60


def tidy_fridays(person: Person) -> Steps[None]:
    """Between 16:00 and 17:00 on Fridays: step deals back whose clock runs out before the seal."""
    world, day = person.world, person.world.first_day
    last = world.today - timedelta(days=CALM_DAYS)
    while day < last:
        day += timedelta(days=(workdays.FRIDAY - day.weekday()) % 7 or 7)
        if not workdays.is_workday(day):
            continue
        yield world.until(day, 16.05 + person.rng.random() * 0.3)
        with person.hands.request() as turn:
            yield turn
            for life in _tempting(world, person):
                if person.rng.random() < _TEMPTED:
                    yield from _try_first(life)
                    if _is_friday_hour(world):
                        life.step_back(person.rng.choice(texts.SEAL_EXCUSES))
                        yield person.pause(30, 200)


def _try_first(life: DealLife) -> Steps[None]:
    """Supply what else is missing; once it is the seal alone, try whether the lock gives way."""
    to_stage = life.flow.next_stage[life.stage]
    others = [item for item in life.missing(to_stage) if item.item_key != SEAL_ITEM]
    yield from life.supply(others)
    if [item.item_key for item in life.missing(to_stage)] == [SEAL_ITEM]:
        life.try_move(to_stage)
        yield life.owner.pause(20, 60)


def step_back_honestly(person: Person) -> Steps[None]:
    """Now and then a customer really changes its mind."""
    own = [life for life in person.world.deals if life.owner is person and _may_go_back(life)]
    for life in own:
        if person.rng.random() < _HONEST_BACKS:
            yield person.pause()
            life.step_back(person.rng.choice(texts.STEP_BACKS))


def flap(world: World) -> Steps[None]:
    """Two deals change their stage more than five times in one week (C13)."""
    rng = world.dice("flapping")
    for number in range(_FLAPPING):
        day = workdays.add_workdays(world.first_day, 60 + 45 * number)
        yield world.until(day, 9.6)
        found = [life for life in world.deals if _may_go_back(life)]
        if not found:
            continue
        life = rng.choice(found)
        for _ in range(3):
            with life.owner.hands.request() as turn:
                yield turn
                if not _may_go_back(life):
                    break  # closed meanwhile
                before = life.stage
                life.step_back(rng.choice(texts.STEP_BACKS))
                yield life.owner.pause(1200, 4000)
                life.try_move(before)
            day = workdays.next_workday(world.day)
            yield world.until(day, 10 + rng.random() * 3)


def leave_standing(world: World, team: Sequence[Person]) -> Steps[None]:
    """Five deals with a high intent are left alone for three weeks (C18)."""
    if world.size.days < _LONG_ENOUGH_DAYS:
        return
    yield world.until(world.today - timedelta(days=22), 19)
    own = [life for life in world.deals if life.is_open and life.owner in team]
    hot = sorted(own, key=lambda life: (-life.plan.quality, life.id))[:_STILL]
    for life in hot:
        world.ledger.change(
            life.id,
            {"intent_level": "high", "expected_close": world.today - timedelta(days=4)},
            by=life.owner.actor,
            at=world.now,
        )
        life.is_left = life.is_kept_open = True
        yield world.env.timeout(30)


def keep_busy(world: World, seller: Person, *, deals_each: int) -> Steps[None]:
    """Somebody of the sign-in page has enough to do in the last weeks."""
    for number in range(deals_each):
        day = workdays.next_workday(world.today - timedelta(days=75 - 9 * number))
        if day <= workdays.next_workday(world.first_day):
            continue
        yield world.until(day, 14 + seller.rng.random())
        account = seller.rng.choice(world.accounts_of[seller.id])
        life = deals.open_deal(world, seller, account, source="referral", warmth=1.8)
        if number % 3 == 0:
            yield seller.pause()
            life.change({"expected_close": world.today - timedelta(days=2 + number)})


def last_days(world: World, seller: Person, manager: Person, director: Person) -> Steps[None]:
    """The accounts on the sign-in page find something to do: locks, questions, decisions."""
    day = _workday_before(world.today)
    yield world.until(day, 18.5)
    own = [life for life in world.deals if life.owner is seller and _is_locked(life)]
    while len(own) < 4:
        account = seller.rng.choice(world.accounts_of[seller.id])
        own.append(deals.open_deal(world, seller, account, source=None))
        yield seller.pause()
    for life in own[:3]:
        life.try_move(life.flow.next_stage[life.stage])
        yield seller.pause()
    own[3].ask_exception(own[3].flow.next_stage[own[3].stage], texts.EXCEPTION_REASONS[0])
    for life, question in zip(own[:2], texts.REVIEWS, strict=False):
        yield manager.pause()
        life.say(question, seller, by=manager)
    account = seller.rng.choice(world.accounts_of[seller.id])
    big = deals.open_deal(world, manager, account, source="tender_notice")
    yield manager.pause()
    big.ask_exception(big.flow.next_stage[big.stage], texts.EXCEPTION_REASONS[4])
    yield manager.pause()
    big.say(texts.QUESTIONS[2], director)


def _tempting(world: World, person: Person) -> list[DealLife]:
    return [
        life
        for life in world.deals
        if life.owner is person
        and life.is_open
        and life.plan.account.industry == OFFLINE_CLASS
        and life.stage in life.flow.stage_before
        and _is_nearly_over(life)
        and any(
            each.item_key == SEAL_ITEM for each in life.missing(life.flow.next_stage[life.stage])
        )
    ]


def _is_nearly_over(life: DealLife) -> bool:
    """Whether the clock of the stage runs out over the weekend; going back winds it up again."""
    expected = life.flow.stage(life.stage).expected_days or 0
    return 0 < expected - life.days_here < _OVER_THE_WEEKEND_DAYS


def _is_friday_hour(world: World) -> bool:
    now_s: float = world.env.now
    return world.seconds(world.day, 16) <= now_s < world.seconds(world.day, 16.97)


def _may_go_back(life: DealLife) -> bool:
    return life.is_open and life.stage in life.flow.stage_before and not life.is_left


def _is_locked(life: DealLife) -> bool:
    if not life.is_open or life.is_left:
        return False
    missing = life.missing(life.flow.next_stage[life.stage])
    return bool(missing) and all(item.item_key != SEAL_ITEM for item in missing)


def _workday_before(day: date) -> date:
    day -= timedelta(days=1)
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return day
