"""What tests of approvals begin with."""

import pytest

from tests.builders.records import make_deal


@pytest.fixture
def deal(company) -> int:
    """A deal of the salesperson."""
    return make_deal(company.seller)
