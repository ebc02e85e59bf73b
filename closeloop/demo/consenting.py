"""What the demo company's people answered to the notices about personal data."""

from closeloop.demo.organising import Organisation
from closeloop.privacy import actions, purposes

NEVER_ASKED, CAUTIOUS = 9, 7
"""Every ninth has not come upon a notice yet; of the others every seventh keeps the place back."""
CAUTIOUS_ABOUT = frozenset({"location"})


def consent(organisation: Organisation) -> None:
    """Most agree to everything, some keep their place back, a few have not been asked."""
    versions = {key: each.version for key, each in purposes.current().items()}
    for number, person in enumerate(organisation.everybody, start=1):
        if number % NEVER_ASKED == 0:
            continue
        for key, version in versions.items():
            is_agreed = number % CAUTIOUS > 0 or key not in CAUTIOUS_ABOUT
            actions.answer(key, version, is_agreed=is_agreed, via="phone", actor=person.actor)
