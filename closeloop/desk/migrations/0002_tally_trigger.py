"""The statement trigger that keeps the tallies; the apps with records attach it to their tables."""

from django.db import migrations

# Arguments: SQL for the record type (a literal or a column), SQL for the amount. Both are written
# in migrations only.
FUNCTION = """
CREATE FUNCTION desk_tally() RETURNS trigger LANGUAGE plpgsql AS $$
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
            || format('SELECT -1, id, %s FROM before_rows WHERE deleted_at IS NULL', place);
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
    """Create the function."""

    dependencies = [("desk", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION desk_tally")]
