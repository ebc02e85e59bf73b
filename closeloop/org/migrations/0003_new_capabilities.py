"""Gives the shipped roles of administrators what the product has learnt to be allowed."""

from django.db import migrations

NEW = (
    "sla.manage",
    "approvals.manage",
    "notices.manage",
    "integrations.manage",
    "people.hand_over",
)
ROLES = ("administrator", "sales_ops")

ADD = """
    UPDATE org_role SET
        capabilities = (SELECT array_agg(DISTINCT held ORDER BY held)
                        FROM unnest(capabilities || %s::text[]) held),
        version = version + 1
    WHERE is_builtin AND key = ANY(%s) AND NOT capabilities @> %s::text[]
"""
TELL = """
    UPDATE edge_revision SET number = nextval('edge_revision_number') WHERE name = 'org'
"""


class Migration(migrations.Migration):
    """Roles that a company has made itself stay as they are."""

    dependencies = [("org", "0002_absences"), ("edge", "0002_revision_numbers")]
    operations = [
        migrations.RunSQL(
            [(ADD, [list(NEW), list(ROLES), list(NEW)]), (TELL, None)], migrations.RunSQL.noop
        )
    ]
