"""Records of the types that an administrator made."""

from django.db import models

from closeloop.records.models import Record, RecordRow


class CustomRecord(RecordRow):
    """A record of a user-defined type; all its own fields lie in `extra`."""

    type_key = models.TextField()
    name = models.TextField()
    customer = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["type_key", "-record_id"], name="customrecord_newest")]
