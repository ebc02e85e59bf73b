"""The desk's endpoints."""

from closeloop.desk.api import boards, exceptions, moves, overview, records, views

routers = (
    overview.router,
    boards.router,
    records.router,
    moves.router,
    exceptions.router,
    views.router,
)
