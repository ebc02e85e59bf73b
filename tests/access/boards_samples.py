"""One well-formed request for every panel of a board."""

from tests.access.requests import READ, Sample

PERIOD = {"since": "2026-11-01", "until": "2026-11-30"}


def at(place: int, board: str = "morning") -> dict[str, str]:
    """A panel's place on a board of the pack."""
    return {"key": board, "place": str(place)}


SAMPLES: dict[str, Sample] = {
    "read_coverage": Sample(path=at(3)),
    "list_uncovered": Sample(path=at(3)),
    "list_panel_records": Sample(path=at(4)),
    "read_blockers": Sample(path=at(6), query=PERIOD),
    "list_stopped": Sample(path=at(6), query={**PERIOD, "kind": "missing", "key": "budget"}),
    "read_stage_table": Sample(path=at(10, "process_health"), query=PERIOD),
    "list_stage_records": Sample(
        path=at(10, "process_health"),
        query={**PERIOD, "stage": "quotation", "kind": "lost", "key": "price"},
    ),
    "read_ranking": Sample(path=at(0, "incentive")),
    "read_battle_map": READ,
    "list_battle_deals": Sample(query={"stage": "quotation"}),
    "list_happened": READ,
}
