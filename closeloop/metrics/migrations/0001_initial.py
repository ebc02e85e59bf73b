"""Definitions, builds, counts, and what falls due."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


DAY = r"""
CREATE FUNCTION metrics_day(said text, zone text) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF said ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN RETURN said::date; END IF;
    IF said ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$' THEN
        IF said !~ '(Z|[+-][0-9]{2}:[0-9]{2})$' THEN said := said || 'Z'; END IF;
        RETURN (said::timestamptz AT TIME ZONE zone)::date;
    END IF;
    RETURN NULL;
EXCEPTION WHEN data_exception OR datetime_field_overflow THEN RETURN NULL;
END $$;
"""


FROZEN = """
CREATE FUNCTION metrics_definition_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.document IS DISTINCT FROM OLD.document OR NEW.number <> OLD.number
    THEN
        RAISE EXCEPTION 'a published definition is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER metrics_definition_frozen BEFORE UPDATE OR DELETE ON metrics_definition
    FOR EACH ROW EXECUTE FUNCTION metrics_definition_frozen();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(DAY, "DROP FUNCTION metrics_day(text, text)"),
        migrations.CreateModel(
            name='CompanyDay',
            fields=[
                ('n', models.BigIntegerField()),
                ('value', models.DecimalField(decimal_places=6, max_digits=38)),
                ('pk', models.CompositePrimaryKey('measure_id', 'day', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure_id', models.IntegerField()),
                ('day', models.DateField()),
                ('kind', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitDay',
            fields=[
                ('n', models.BigIntegerField()),
                ('value', models.DecimalField(decimal_places=6, max_digits=38)),
                ('pk', models.CompositePrimaryKey('measure_id', 'unit_id', 'day', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure_id', models.IntegerField()),
                ('unit_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('kind', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Build',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('building', 'Building'), ('live', 'Live'), ('old', 'Old')], default='building')),
                ('zone', models.TextField(default='Asia/Shanghai', help_text='whose days are counted')),
                ('xid', models.BigIntegerField(default=0)),
                ('entry_id', models.BigIntegerField(default=0)),
                ('counted_at', models.DateTimeField(help_text='`at` of the latest entry counted', null=True)),
                ('kept_at', models.DateTimeField(help_text='until when the counts are complete', null=True)),
                ('entries', models.BigIntegerField(default=0, help_text='how many were read from scratch')),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('swapped_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'live')), fields=('state',), name='metrics_one_live_build')],
            },
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'group_id', 'thing_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure_id', models.IntegerField()),
                ('group_id', models.BigIntegerField()),
                ('thing_id', models.BigIntegerField()),
                ('falls_at', models.DateTimeField()),
                ('day', models.DateField()),
                ('person_id', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField()),
                ('kind', models.TextField()),
                ('record_id', models.BigIntegerField(null=True)),
                ('is_met', models.BooleanField()),
                ('is_counted', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['measure_id', 'day'], name='metrics_due_of_day'), models.Index(condition=models.Q(('is_counted', False)), fields=['falls_at'], name='metrics_due_ahead')],
            },
        ),
        migrations.CreateModel(
            name='PersonDay',
            fields=[
                ('n', models.BigIntegerField()),
                ('value', models.DecimalField(decimal_places=6, max_digits=38)),
                ('pk', models.CompositePrimaryKey('measure_id', 'person_id', 'day', 'unit_id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure_id', models.IntegerField()),
                ('person_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('unit_id', models.BigIntegerField()),
                ('kind', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['measure_id', 'unit_id', 'day'], name='metrics_people_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='BuiltMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('definition', models.JSONField()),
                ('build', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='metrics.build')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('build', 'key'), name='metrics_measure_once')],
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('measure', 'Measure'), ('metric', 'Metric')])),
                ('key', models.TextField()),
                ('number', models.IntegerField()),
                ('document', models.JSONField()),
                ('position', models.IntegerField(default=0, help_text='the order in which a pack names them')),
                ('is_current', models.BooleanField(default=True)),
                ('note', models.TextField(blank=True, default='', help_text='why it was changed')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'number'), name='metrics_definition_version'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('kind', 'key'), name='metrics_definition_current')],
            },
        ),
        migrations.CreateModel(
            name='SourceCursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField()),
                ('xid', models.BigIntegerField(default=0)),
                ('change_id', models.BigIntegerField(default=0)),
                ('build', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cursors', to='metrics.build')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('build', 'source'), name='metrics_source_read_once')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('entry_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('verb', models.TextField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('record_id', models.BigIntegerField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['-at'], name='metrics_correction_newest')],
            },
        ),
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER metrics_definition_frozen ON metrics_definition;"
            "DROP FUNCTION metrics_definition_frozen()",
        ),
    ]
