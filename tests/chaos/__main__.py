"""Rounds of chaos against a started product: python -m tests.chaos [ROUNDS] [SEED].

In each round one process is killed while clocks fall due, approvals are answered and mails go out.
Prints one JSON object at the end; its `faults` are the promises that do not hold.
"""

import json
import os
import random
import shutil
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
    sys.stdout.write(json.dumps({"rounds": rounds, "seed": seed, **found, "faults": faults}) + "\n")
    return 1 if faults else 0


def _live(product: Product, rounds: int, seed: int) -> tuple[dict[str, int], list[str]]:
    os.environ |= {
        "DATABASE_URL": product.database_url,
        "CLOSELOOP_VAR": str(product.var),
        "DJANGO_SETTINGS_MODULE": "closeloop.config.settings",
    }
    import django

    django.setup()
    from tests.chaos import judging, world
    from tests.chaos.rounds import play
    from tests.twins.smtp import SmtpTwin

    chance = random.Random(seed)
    with SmtpTwin() as mail:
        made = world.make_world(smtp_port=mail.port)
        answers = []
        for number in range(1, rounds + 1):
            began = time.monotonic()
            answers.append(play(number, product, made, chance))
            sys.stderr.write(f"round {number}: {time.monotonic() - began:.1f} s\n")
        judging.look_after_the_abandoned()
        time.sleep(10)
        return judging.judge(rounds, answers, [str(each["Message-ID"]) for each in mail.mails])


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    raise SystemExit(main(*(given + [200, 7][len(given) :])))
