"""Fields that the product keeps itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add is_computed."""

    dependencies = [("fields", "0003_credit_code")]
    operations = [
        migrations.AddField(
            "field",
            "is_computed",
            models.BooleanField(default=False, help_text="kept by the product: read only"),
        ),
    ]
