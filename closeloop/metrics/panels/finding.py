"""The panel of a board that is asked for."""

from closeloop.engine.metrics.board import Panel
from closeloop.metrics import definitions, errors


def panel_of(board: str, place: int, *charts: str) -> Panel:
    """The panel at a place of a board (0 is the first), of one of these charts.

    Raises PanelNotFound.
    """
    held = definitions.book().boards.get(board)
    panels = held.panels if held is not None else ()
    if place >= len(panels) or panels[place].chart not in charts:
        raise errors.PanelNotFound({"board": board, "place": place})
    return panels[place]
