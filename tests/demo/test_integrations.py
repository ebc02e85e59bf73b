"""The demo company's WeCom: everybody is linked, and a difference waits to be looked at."""

import pytest

from closeloop.identity.models import User
from closeloop.integrations import queries
from tests.builders.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_files")]


@pytest.mark.usefixtures("loaded")
def test_everybody_is_linked_and_a_difference_waits():
    admin = client_of(User.objects.get(username="admin"))
    told = admin.get("/api/integrations/wecom").json()
    assert told["linked"] == User.objects.count()
    assert told["is_on"] is False
    sync = admin.get(f"/api/integrations/wecom/sync/{told['last_sync']['id']}").json()
    assert [item["kind"] for item in sync["units"]] == ["renamed"]
    assert sorted(item["kind"] for item in sync["people"]) == ["added", "changed", "left"]
    assert sync["conflicts"] == []
    assert queries.vendor_settings("wecom") == {}
