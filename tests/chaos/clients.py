"""Eight people who answer whatever they are asked, and try again until they have an answer."""

import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import requests

PAUSE_S = 0.5


@dataclass
class Answers:
    """Every definite answer that the server gave: (case, person) -> status."""

    given: dict[tuple[int, int], int] = field(default_factory=dict)
    retried: int = 0


class Deciders:
    """Threads that answer the cases of one round, each person the cases that name them."""

    def __init__(self, address: str, secrets: dict[int, str], asked: Sequence[tuple[int, int]]):
        self.answers = Answers()
        self._address, self._secrets = address, secrets
        self._deadline = time.monotonic() + 120
        self._threads = [
            threading.Thread(
                target=self._answer_all, args=(person, [c for c, p in asked if p == person])
            )
            for person in secrets
        ]
        for thread in self._threads:
            thread.start()

    def wait(self) -> Answers:
        """Every answer, when everybody has got theirs."""
        for thread in self._threads:
            thread.join()
        return self.answers

    def _answer_all(self, person: int, cases: list[int]) -> None:
        chance = random.Random(person)
        for case in cases:
            action = chance.choice(("agree", "refuse"))
            self.answers.given[case, person] = self._insist(person, case, action)

    def _insist(self, person: int, case: int, action: str) -> int:
        """The same request under the same key until the server has said yes or no."""
        headers = {
            "Authorization": f"Bearer {self._secrets[person]}",
            "Idempotency-Key": uuid.uuid5(uuid.NAMESPACE_OID, f"{case} {person}").hex,
        }
        while time.monotonic() < self._deadline:
            try:
                answer = requests.post(
                    f"{self._address}/api/approvals/{case}/{action}",
                    json={"comment": "演练"},
                    headers=headers,
                    timeout=10,
                )
            except requests.RequestException:
                self.answers.retried += 1
            else:
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer.status_code
                self.answers.retried += 1
            time.sleep(PAUSE_S)
        return 0
