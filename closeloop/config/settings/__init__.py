"""Django settings, one module per topic; every value that differs between sites is read in env."""

from closeloop.config.settings.apps import *  # noqa: F403
from closeloop.config.settings.data import *  # noqa: F403
from closeloop.config.settings.logs import *  # noqa: F403
from closeloop.config.settings.security import *  # noqa: F403
from closeloop.config.settings.web import *  # noqa: F403
