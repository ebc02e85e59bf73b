"""The desk's endpoints; the order of import is the order in which addresses are tried."""

from closeloop.desk.api import overview  # isort: skip
from closeloop.desk.api import boards  # isort: skip
from closeloop.desk.api import records  # isort: skip
from closeloop.desk.api import feeds, moves, exceptions, search, views, workbench  # isort: skip
from closeloop.desk.api.routing import router

__all__ = [
    "boards",
    "exceptions",
    "feeds",
    "moves",
    "overview",
    "records",
    "router",
    "search",
    "views",
    "workbench",
]
