"""The manager's workbench."""

from typing import Any

from django.http import HttpRequest

from closeloop.desk import workbench
from closeloop.desk.api.routing import router
from closeloop.desk.reader import reader_of
from closeloop.desk.schemas.workbench import Workbench
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of


@router.get("/workbench", permission=SIGNED_IN, response=Workbench)
def read_workbench(request: HttpRequest) -> Any:
    """Red clocks in reach, tasks and clocks of one's people, and what was written lately."""
    return workbench.workbench_of(actor_of(request), reader_of(request))
