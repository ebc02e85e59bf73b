"""Sources that entries change are read by one cursor: from where the last of them has read to."""

from django.db import migrations

JOINED = """
INSERT INTO metrics_sourcecursor (build_id, source, xid, change_id)
SELECT DISTINCT ON (build_id) build_id, 'entries', xid, change_id FROM metrics_sourcecursor
WHERE source <> 'clocks' ORDER BY build_id, xid, change_id;
DELETE FROM metrics_sourcecursor WHERE source NOT IN ('clocks', 'entries');
"""


class Migration(migrations.Migration):
    """Reading an entry twice changes nothing, so the earliest place is taken."""

    dependencies = [("metrics", "0007_targets_of_metrics")]
    operations = [migrations.RunSQL(JOINED, migrations.RunSQL.noop)]
