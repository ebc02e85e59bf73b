"""Indexes for lists by amount within few units, or of one's own."""

from django.db import migrations

WORTH = "(coalesce(amount, 0)) DESC, id DESC) WHERE deleted_at IS NULL"
CREATE = f"""
CREATE INDEX deals_deal_unit_worth ON deals_deal (unit_id, {WORTH};
CREATE INDEX deals_deal_owner_worth ON deals_deal (owner_id, {WORTH};
"""


class Migration(migrations.Migration):
    """Create them: without a stage, the boards' indexes do not give this order."""

    dependencies = [("deals", "0003_lists")]
    operations = [
        migrations.RunSQL(CREATE, "DROP INDEX deals_deal_unit_worth, deals_deal_owner_worth")
    ]
