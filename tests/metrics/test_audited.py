"""Which addresses of figures the audit over an export holds; a new one has to be placed."""

from tests.access.test_figures import of_the_app

AUDITED = {
    "read_figures", "list_things_behind", "read_coverage", "list_panel_records", "read_blockers",
    "list_stopped", "read_stage_table", "read_ranking", "read_battle_map", "read_layers",
    "read_self_check", "read_step_backs", "read_win_touches", "list_pilots", "read_pilot",
    "read_forecast", "list_forecast_deals", "read_forecast_accuracy", "list_targets",
    "list_target_deals", "list_uncovered", "list_stage_records", "list_step_back_records",
    "list_win_touch_deals", "list_layer_deals", "list_battle_deals",
}  # fmt: skip
"""Their figures are computed again by `tests/demo/test_audit_by_duckdb.py`, for three scopes."""
BEHIND = {"list_happened"}
"""What happened today, in words: no figure."""
WITHOUT = {
    "list_metrics", "list_boards", "list_metric_versions", "list_figure_views",
    "list_figure_mails", "export_figures", "export_board",
}  # fmt: skip
"""Words of definitions, ways of looking, and files that say what the screen says."""


def test_every_address_of_figures_has_its_place_in_the_audit():
    names = [each.name for each in of_the_app() if each.method == "GET"]
    assert sorted(names) == sorted(AUDITED | BEHIND | WITHOUT)
