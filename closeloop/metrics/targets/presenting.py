"""Targets as the screens show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from closeloop.engine.forecast import Standing, missed_in_a_row, together
from closeloop.identity import queries as identity
from closeloop.metrics.targets.grid import Behind, Cell, Grid, Row
from closeloop.org import queries as org


def told(grid: Grid, *, today: date) -> dict[str, Any]:
    """The grid with names, sums and how often targets were missed in a row."""
    units = org.unit_names()
    people = identity.names_of({row.person for row in grid.rows if row.person is not None})
    return {
        "year": grid.year,
        "unit": grid.unit,
        "metric": grid.metric,
        "currency": grid.currency,
        "rows": [
            {
                "unit": {"id": row.unit, "name": units[row.unit]},
                "person": None
                if row.person is None
                else {"id": row.person, "name": people.get(row.person, "—")},
                "is_base": row.is_base,
                "can_set": row.can_set,
                "cells": [_cell(cell) for cell in row.cells],
                "quarter": _quarter(row, today) if grid.year == today.year else None,
                "year": _sum(together([cell.standing for cell in row.cells])),
                "missed": missed_in_a_row([cell.standing for cell in row.cells]),
            }
            for row in grid.rows
        ],
    }


def deals(found: Behind, *, end: int) -> dict[str, Any]:
    """A page of the deals that were won, with names."""
    units = org.unit_names()
    people = identity.names_of({each.owner for each in found.deals if each.owner is not None})
    return {
        "items": [
            {
                "id": each.id,
                "title": each.title,
                "owner": None
                if each.owner is None
                else {"id": each.owner, "name": people.get(each.owner, "—")},
                "unit": units.get(each.unit or 0, "—"),
                "won_at": each.won_at,
                "amount": each.amount,
            }
            for each in found.deals
        ],
        "count": found.count,
        "currency": found.currency,
        "next_offset": end if found.count > end else None,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    standing = cell.standing
    return {
        "month": cell.month,
        "version": cell.version,
        **_sum(standing),
        "is_missed": standing.is_missed,
        "is_over": standing.is_over,
    }


def _quarter(row: Row, today: date) -> dict[str, Any]:
    quarter = (today.month - 1) // 3
    cells = [cell for cell in row.cells if (cell.month.month - 1) // 3 == quarter]
    return _sum(together([cell.standing for cell in cells]))


def _sum(standing: Standing) -> dict[str, Any]:
    return {
        "target": standing.target,
        "came": standing.came,
        "done": standing.done,
        "pace": standing.pace,
    }
