"""Monthly partitions made ahead of time; what lies before the first of them stays in the rest."""

from django.db import migrations

MAKE = """
CREATE FUNCTION activity_make_partitions(months integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', now()) + interval '1 month';
    month date;
    made integer := 0;
BEGIN
    FOR ahead IN 0 .. months - 1 LOOP
        month := first + make_interval(months => ahead);
        IF to_regclass(format('activity_entry_%s', to_char(month, 'YYYYMM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE activity_entry_%s PARTITION OF activity_entry
                 FOR VALUES FROM (%L) TO (%L)',
                to_char(month, 'YYYYMM'), month, (month + interval '1 month')::date);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$;
SELECT activity_make_partitions(3);
"""


class Migration(migrations.Migration):
    """Make the next three months' partitions; a job keeps making them."""

    dependencies = [("activity", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION activity_make_partitions")]
