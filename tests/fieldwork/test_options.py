"""What a phone is told so that it can judge without network."""

import pytest

from tests.builders.asking import client_as

pytestmark = pytest.mark.django_db


def test_a_phone_is_told_the_units_above_its_person_the_nearest_first(company):
    told = client_as(company.seller).get("/followups/options").json()
    own = [company.teams[0].pk, company.regions[0].pk, company.head_office.pk]
    assert told["units"] == own
    assert {each["key"] for each in told["standards"]} == {"visit", "store_visit", "contact"}
