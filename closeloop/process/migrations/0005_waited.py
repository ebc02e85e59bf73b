from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('process', '0004_exception_case'),
    ]

    operations = [
        migrations.AddField(
            model_name='instance',
            name='waited_s',
            field=models.IntegerField(db_default=0, help_text='in this stage, the wait that goes on now aside'),
        ),
    ]
