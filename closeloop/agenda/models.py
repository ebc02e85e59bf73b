"""When the list of the week is sent by itself."""

from django.db import models


class Weekly(models.Model):
    """One row: on which weekday and from which time the list goes out; `sent_for` is the Monday of
    the week that was told last.
    """

    is_on = models.BooleanField(default=True)
    weekday = models.SmallIntegerField(default=0, help_text="0 Monday … 6 Sunday")
    at = models.TimeField()
    sent_for = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__gte=0, weekday__lte=6), name="agenda_weekday"
            )
        ]
