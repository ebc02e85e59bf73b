"""Reading follow-ups for a viewer: whoever may read the record may read what was done for it."""

from closeloop.fieldwork.queries.customers import nearby_customers
from closeloop.fieldwork.queries.followups import (
    Asked,
    followup,
    followups,
    visible_followup,
    visible_upload,
)
from closeloop.fieldwork.queries.penetration import Penetration, penetration
from closeloop.fieldwork.queries.standards import rehearse, standard, standards

__all__ = [
    "Asked",
    "Penetration",
    "followup",
    "followups",
    "nearby_customers",
    "penetration",
    "rehearse",
    "standard",
    "standards",
    "visible_followup",
    "visible_upload",
]
