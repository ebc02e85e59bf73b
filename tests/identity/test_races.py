"""Many attempts at one name at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.builders.people import PASSWORD, client_of, make_user

ATTEMPTS = 8


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_get_no_more_tries_than_one_after_another():
    make_user(username="wangfang", password=PASSWORD)
    barrier = Barrier(ATTEMPTS)

    def attempt(number):
        payload = {"username": "wangfang", "password": f"wrong horse {number}"}
        client = client_of()
        barrier.wait()
        try:
            return client.post("/api/session", payload, content_type="application/json").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(ATTEMPTS) as pool:
        told = sorted(pool.map(attempt, range(ATTEMPTS)))
    assert told == [401] * 5 + [429] * (ATTEMPTS - 5)
