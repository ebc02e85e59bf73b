import pytest

from closeloop.engine.metrics import MetricInvalid, read_board
from tests.builders.people import client_of, make_user

NAME = {"zh-CN": "晨会", "en-US": "Morning"}
METRICS = {"penetration": {"zh-CN": "动作穿透率", "en-US": "Action penetration"}}
CARD = {"metric": "penetration", "chart": "card"}


def board(*panels, **changes):
    given = {"key": "morning", "name": NAME, "about": NAME, "periods": ["week"]}
    return {**given, "panels": list(panels or (CARD,)), **changes}


def faults(document):
    with pytest.raises(MetricInvalid) as refused:
        read_board(document, metrics=METRICS)
    return [(each["code"], each["path"]) for each in refused.value.data["problems"]]


def test_a_panel_is_called_as_its_metric_unless_it_has_a_name():
    plain, named = read_board(board(CARD, {**CARD, "name": NAME}), metrics=METRICS).panels
    assert (plain.name, named.name) == (METRICS["penetration"], NAME)


def test_every_fault_of_a_board_is_told_at_once():
    wrong = board(
        {"metric": "gone", "chart": "card"},
        {**CARD, "chart": "pie"},
        {**CARD, "by": "unit"},
        {**CARD, "chart": "matrix", "by": "unit", "and_by": "unit"},
        {**CARD, "chart": "bars", "by": "unit", "days": 0},
        periods=["decade"],
        more=1,
    )
    assert faults(
        board(
            {"chart": "list", "source": "gone"},
            {"chart": "blockers", "name": NAME, "with": {"most": 1.5}},
        )
    ) == [
        ("board.source_unknown", "/panels/0/source"),
        ("metric.name_needed", "/panels/0/name"),
        ("board.option_wrong", "/panels/1/with/most"),
    ]
    assert faults(wrong) == [
        ("metric.key_unknown", "/more"),
        ("board.period_unknown", "/periods"),
        ("board.metric_unknown", "/panels/0/metric"),
        ("board.chart_unknown", "/panels/1/chart"),
        ("board.dimensions_wrong", "/panels/2/by"),
        ("board.dimensions_wrong", "/panels/3/by"),
        ("metric.number_needed", "/panels/4/days"),
    ]


@pytest.mark.django_db
def test_every_figure_on_the_boards_of_the_pack_can_be_broken_down_so(company):
    client = client_of(company.seller)
    known = {each["key"]: each for each in client.get("/api/metrics").json()["items"]}
    boards = client.get("/api/boards").json()["items"]
    assert "morning" in {each["key"] for each in boards}
    for panel in (panel for each in boards for panel in each["panels"] if panel["metric"]):
        asked = {each for each in (panel["by"], panel["and_by"]) if each}
        assert asked <= set(known[panel["metric"]]["dimensions"]), panel


@pytest.mark.django_db
def test_boards_name_the_accounts_of_programs_which_are_no_people(company):
    program = make_user("官网接口", role="integrator", unit=company.head_office)
    found = client_of(company.manager).get("/api/boards").json()
    assert found["programs"] == [program.pk]
