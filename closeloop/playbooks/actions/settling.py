"""What administrators set for the library."""

from collections.abc import Sequence

from closeloop.engine.playbooks import Saying
from closeloop.fields import actions as fields
from closeloop.identity.actor import Actor
from closeloop.playbooks import facets


def change_settings(
    *, actor: Actor, failures: int | None = None, sayings: Sequence[Saying] | None = None
) -> None:
    """Say from how many failures in a row on a stage's pack is pushed (0 never), and which
    everyday words stand for words of the library; what is None stays."""
    changed = dict(facets.settings())
    if failures is not None:
        changed["failures"] = failures
    if sayings is not None:
        changed["sayings"] = [
            {"said": list(each.said), "means": list(each.means)} for each in sayings
        ]
    fields.define_choices(facets.SETTINGS, [changed], actor=actor)
