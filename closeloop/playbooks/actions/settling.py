"""What administrators set for the library."""

from closeloop.fields import actions as fields
from closeloop.identity.actor import Actor
from closeloop.playbooks import facets


def change_settings(*, failures: int, actor: Actor) -> None:
    """Say from how many failures in a row on a stage's pack is pushed; 0 never."""
    changed = {**facets.settings(), "failures": failures}
    fields.define_choices(facets.SETTINGS, [changed], actor=actor)
