"""Reading which packs are installed."""

from closeloop.designer.actions import INSTALLED
from closeloop.fields.models import ChoiceSet


def installed_digest(key: str) -> str:
    """The digest of a pack as it was installed last; empty where it never was."""
    found = ChoiceSet.objects.filter(key=f"{INSTALLED}{key}").first()
    return str(found.items[0]["digest"]) if found else ""
