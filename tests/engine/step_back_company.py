"""An invented year of stage moves: with a habit on Friday afternoons, or with none."""

from itertools import count
from random import Random

from closeloop.engine.association import Observation

CLASSES = {"public": 30, "private": 25, "second": 20, "lab": 10, "primary": 10, "cdc": 5}
HOURS = {9: 12, 10: 16, 11: 12, 13: 4, 14: 14, 15: 14, 16: 12, 17: 8}
STAGES = 5
HABIT = ("weekday_hour", "5-16")


def moves(seed: int, *, deals: int = 400, has_habit: bool = False) -> list[Observation]:
    """The moves of a year. Deals differ in how prone they are to go back, some go to and fro
    within an hour, and reps, teams and classes differ in how many deals they have; with the
    habit, two in five public deals are stepped back on Fridays at 16 h while a seal is awaited.
    """
    rng, found = Random(seed), []
    for deal in range(deals):
        rep = int(24 * rng.random() ** 1.4)
        kind = rng.choices(list(CLASSES), list(CLASSES.values()))[0]
        prone = 0.02 * rng.gammavariate(0.5, 2)
        of_deal = {("rep", str(rep)), ("unit", str(rep % 5)), ("class", kind)}
        stage, moment = 1, _moment(rng)
        for _ in count():
            if rng.random() > 0.3:
                moment = _moment(rng)
            is_back = rng.random() < prone
            if has_habit and kind == "public" and stage == STAGES and rng.random() < 0.4:
                moment, is_back = ("5", "16"), True
            found.append(Observation(deal, is_back, frozenset(of_deal | _traits(stage, moment))))
            stage += -1 if is_back and stage > 1 else 1
            if stage > STAGES or rng.random() < 0.08:
                break
    return found


def _moment(rng: Random) -> tuple[str, str]:
    weekday = rng.choices("12345", [22, 21, 20, 20, 17])[0]
    return weekday, str(rng.choices(list(HOURS), list(HOURS.values()))[0])


def _traits(stage: int, moment: tuple[str, str]) -> set[tuple[str, str]]:
    weekday, hour = moment
    return {
        ("from", str(stage)),
        ("weekday", weekday),
        ("hour", hour),
        ("weekday_hour", f"{weekday}-{hour}"),
    }
