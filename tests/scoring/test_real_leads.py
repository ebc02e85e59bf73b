"""Rules and learned model hold what is promised of them on real leads."""

import pytest

from bench import scoring
from tests.builders.company import install_standard_pack

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not scoring.DATA.exists(), reason="the shared data are not there"),
]


def test_nine_thousand_leads_are_told_apart(tmp_path, settings):
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    install_standard_pack()
    found = scoring.judge(scoring.X_EDUCATION)
    assert (found["rows"], found["refused"]) == (9191, 0)
    assert found["rules_auc"] >= 0.75
    assert found["learned"]["auc"] >= 0.90
    assert found["learned"]["kept_auc"] == pytest.approx(found["learned"]["auc"], abs=0.001)
    assert found["learned"]["calibration_error"] <= 0.05
    assert found["mql_won"] >= 2 * found["other_won"]
