"""Purposes, answers, periods, the access log, requests; what was said or seen is only added."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


FROZEN = """
CREATE FUNCTION privacy_row_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'purposes and answers are only ever added' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER privacy_purpose_frozen BEFORE UPDATE OR DELETE ON privacy_purpose
    FOR EACH ROW EXECUTE FUNCTION privacy_row_frozen();
CREATE TRIGGER privacy_consent_frozen BEFORE UPDATE OR DELETE ON privacy_consent
    FOR EACH ROW EXECUTE FUNCTION privacy_row_frozen();
CREATE FUNCTION privacy_access_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.record_id IS NULL
       AND ROW(NEW.id, NEW.at, NEW.hour, NEW.person_id, NEW.kind, NEW.item_id)
           = ROW(OLD.id, OLD.at, OLD.hour, OLD.person_id, OLD.kind, OLD.item_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the access log is only ever added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER privacy_access_frozen BEFORE UPDATE OR DELETE ON privacy_access
    FOR EACH ROW EXECUTE FUNCTION privacy_access_frozen();
"""
THAWED = """
DROP TRIGGER privacy_purpose_frozen ON privacy_purpose;
DROP TRIGGER privacy_consent_frozen ON privacy_consent;
DROP TRIGGER privacy_access_frozen ON privacy_access;
DROP FUNCTION privacy_row_frozen; DROP FUNCTION privacy_access_frozen;
"""


class Migration(migrations.Migration):
    """Create the tables and freeze what is only added."""

    initial = True

    dependencies = [
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Retention',
            fields=[
                ('kind', models.TextField(primary_key=True, serialize=False)),
                ('days', models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('version', models.IntegerField()),
                ('name', models.JSONField(help_text='{zh-CN, en-US}')),
                ('text', models.JSONField(help_text='{zh-CN, en-US}')),
                ('position', models.IntegerField(default=0)),
                ('source', models.TextField(blank=True, default='')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_agreed', models.BooleanField()),
                ('via', models.TextField(default='screen')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='privacy.purpose')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('export', 'Export'), ('erasure', 'Erasure')])),
                ('reason', models.TextField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting')),
                ('counts', models.JSONField(default=dict)),
                ('done_kinds', models.IntegerField(default=0)),
                ('all_kinds', models.IntegerField(default=0)),
                ('stored_as', models.TextField(blank=True, default='')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('finished_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('hour', models.DateTimeField()),
                ('kind', models.TextField()),
                ('item_id', models.BigIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', '-id'], name='privacy_access_of_kind'), models.Index(fields=['record', '-id'], name='privacy_access_of_record')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'item_id', 'hour'), name='privacy_access_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='purpose',
            constraint=models.UniqueConstraint(fields=('key', 'version'), name='privacy_purpose_once'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['person', 'purpose', '-id'], name='privacy_consent_last'),
        ),
        migrations.AddIndex(
            model_name='subjectrequest',
            index=models.Index(fields=['record', '-id'], name='privacy_request_of_record'),
        ),
        migrations.AddConstraint(
            model_name='subjectrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('record', 'kind'), name='privacy_request_open_once'),
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
