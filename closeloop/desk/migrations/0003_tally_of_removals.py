"""The tallies also follow rows that are deleted outright (an import that is taken back)."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION desk_tally() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place text := format('%s AS record_type, stage, unit_id, owner_id, %s AS amount',
                         TG_ARGV[0], TG_ARGV[1]);
    source text := '';
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        source := format('SELECT 1 AS sign, id, %s FROM after_rows WHERE deleted_at IS NULL', place);
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        IF source <> '' THEN source := source || ' UNION ALL '; END IF;
        source := source
            || format('SELECT -1 AS sign, id, %s FROM before_rows WHERE deleted_at IS NULL', place);
    END IF;
    EXECUTE format(
        'INSERT INTO desk_tally (record_type, stage, unit_id, owner_id, count, amount)
         SELECT record_type, stage, unit_id, owner_id, sum(sign), sum(sign * coalesce(amount, 0))
         FROM (%s) AS changed GROUP BY record_type, stage, unit_id, owner_id
         HAVING sum(sign) <> 0 OR sum(sign * coalesce(amount, 0)) <> 0', source);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Name the sign in both halves of the union."""

    dependencies = [("desk", "0002_tally_trigger")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
