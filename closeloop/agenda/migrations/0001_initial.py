"""When the list of the week is sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Create the table."""


    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Weekly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=True)),
                ('weekday', models.SmallIntegerField(default=0, help_text='0 Monday … 6 Sunday')),
                ('at', models.TimeField()),
                ('sent_for', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__gte', 0), ('weekday__lte', 6)), name='agenda_weekday')],
            },
        ),
    ]
