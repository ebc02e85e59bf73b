"""Converting a lead."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema

from closeloop.edge import etags
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.leads import actions
from closeloop.leads.actions import ConversionAsk

router = Router(tags=["leads"])


class ConversionIn(Schema, extra="forbid"):
    """What becomes of the lead; what is left out is taken from it."""

    customer_id: int | None = Field(default=None, ge=1, lt=2**63)
    customer: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    deal: dict[str, Any] | None = None


class ConversionOut(Schema):
    """The records that the lead became."""

    customer_id: int
    contact_id: int
    deal_id: int | None


@router.post(
    "/leads/{lead_id}/convert",
    permission="record:move:lead",
    response=ConversionOut,
)
def convert_lead(
    request: HttpRequest,
    lead_id: Annotated[int, Path(ge=1, lt=2**63)],
    payload: ConversionIn,
) -> Any:
    """Make a customer, a contact and a deal of a lead, if its lock is open."""
    ask = ConversionAsk(
        customer_id=payload.customer_id,
        customer=payload.customer,
        contact=payload.contact,
        deal=payload.deal,
        expected_version=etags.given_version(request),
    )
    return vars(actions.convert_lead(lead_id, ask, actor=actor_of(request)))
