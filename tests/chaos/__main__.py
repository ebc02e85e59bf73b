"""Rounds of chaos against a started product: python -m tests.chaos [ROUNDS] [SEED].

In each round one process is killed while clocks fall due, approvals are answered and notices go out
to the twins of a mail server, a carrier of texts and WeCom. SIGTERM ends it after the round that is
under way, with the judgement of those that were played.
Prints one JSON object at the end; its `faults` are the promises that do not hold.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.platform.product import Product, free_port


def main(rounds: int, seed: int) -> int:
    """Start a product of its own, let the rounds happen, judge."""
    folder = Path(tempfile.mkdtemp(prefix="closeloop-chaos-"))
    folder.chmod(0o711)
    product = Product(folder, free_port())
    try:
        started = product.call("start")
        if started.returncode:
            sys.stderr.write(started.stderr)
            return 1
        found, faults = _live(product, rounds, seed)
    finally:
        product.call("stop")
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(json.dumps({"seed": seed, **found, "faults": faults}) + "\n")
    return 1 if faults else 0


def _live(product: Product, rounds: int, seed: int) -> tuple[dict[str, object], list[str]]:
    os.environ |= {
        "DATABASE_URL": product.database_url,
        "CLOSELOOP_VAR": str(product.var),
        "DJANGO_SETTINGS_MODULE": "closeloop.config.settings",
    }
    import django

    django.setup()
    from tests.chaos import judging, world
    from tests.chaos.rounds import Round, play
    from tests.chaos.twins import Twins

    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: ended.append(number))
    chance = random.Random(seed)
    with Twins() as twins:
        made = world.make_world(twins)
        played: list[Round] = []
        while len(played) < rounds and not ended:
            number = len(played) + 1
            began = time.monotonic()
            played.append(play(number, product, made, chance))
            took_s = time.monotonic() - began
            sys.stderr.write(f"round {number}: {played[-1].victim}, {took_s:.1f} s\n")
        judging.look_after_the_abandoned()
        return judging.judge(played, twins)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    raise SystemExit(main(*(given + [200, 7][len(given) :])))
