"""Where customers are: learned from visits that nobody doubts, or set by hand."""

from collections.abc import Sequence

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.fieldwork.deciding import Decided
from closeloop.fieldwork.models import KnownPlace, PlaceSource
from closeloop.fieldwork.reports import Where
from closeloop.identity.actor import Actor
from closeloop.records.models import Record

VISITS_NEEDED = 3
"""So many visits that nobody doubts, close to one another, teach where a customer is: one alone
may have been recorded from the office."""
RADIUS_M = 300.0
"""A hospital's grounds, with the spread of positions between its buildings."""
SPREAD = 0.005
"""Degrees within which the visits must lie, about 500 m."""
MOST_ACCURACY_M = 200.0
_LEARN = f"""
    INSERT INTO fieldwork_knownplace
        (customer_id, latitude, longitude, radius_m, source, visits, set_at)
    SELECT customer_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY latitude),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY longitude), {RADIUS_M}, 'learned', count(*),
        now()
    FROM (
        SELECT f.customer_id, (f.place -> 'wgs84' ->> 0)::float AS latitude,
            (f.place -> 'wgs84' ->> 1)::float AS longitude
        FROM unnest(%s::bigint[]) given(id)
        CROSS JOIN LATERAL (
            SELECT customer_id, place FROM fieldwork_followup f
            WHERE f.customer_id = given.id AND f.state = 'counted'
                AND coalesce((f.place ->> 'accuracy_m')::float, 0) <= {MOST_ACCURACY_M}
                AND f.place IS NOT NULL AND NOT EXISTS (
                    SELECT FROM fieldwork_followupdoubt doubt
                    WHERE doubt.followup_id = f.id AND doubt.verdict <> 'accepted')
            ORDER BY f.at DESC LIMIT 7
        ) f
    ) visit
    GROUP BY customer_id
    HAVING count(*) >= {VISITS_NEEDED} AND max(latitude) - min(latitude) <= {SPREAD}
        AND max(longitude) - min(longitude) <= {SPREAD}
    ON CONFLICT (customer_id) DO NOTHING
"""


def learn_later(decided: Sequence[Decided]) -> None:
    """Learn, with the transaction's next trip, where customers are whose place nobody knows."""
    wanted = {
        each.subject.customer_id
        for each in decided
        if each.counts
        and each.report.place is not None
        and not each.doubts
        and each.subject.known is None
        and each.subject.customer_id is not None
    }
    if wanted:
        statements.later(Statement(_LEARN, [statements.listed(sorted(wanted))]))


def set_place(customer: Record, where: Where, *, radius_m: float, actor: Actor) -> KnownPlace:
    """Say where a customer is; what was learned gives way."""
    plain = where.in_wgs84()
    place, _ = KnownPlace.objects.update_or_create(
        customer=customer,
        defaults={
            "latitude": plain.latitude,
            "longitude": plain.longitude,
            "radius_m": radius_m,
            "source": PlaceSource.MANUAL,
            "set_by_id": actor.user_id,
            "set_at": Now(),
        },
    )
    activity.record(
        Happening(
            "followup.place_set",
            customer.pk,
            customer.type,
            customer.unit_id,
            {"latitude": plain.latitude, "longitude": plain.longitude, "radius_m": radius_m},
        ),
        actor=actor,
    )
    place.refresh_from_db()
    return place
