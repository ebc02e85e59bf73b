"""The application that knows all others and joins them when Django is ready."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Runs the wiring once, after every model is loaded."""

    name = "closeloop.config"
    label = "config"

    def ready(self) -> None:
        """Join the apps (see wiring.py)."""
        from closeloop.config import wiring

        wiring.join()
