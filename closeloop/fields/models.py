"""Which fields the record types have, what may stand in them, and which roles may see them."""

from django.db import models

from closeloop.org.models import Role


class FieldType(models.TextChoices):
    """What kind of value a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    RECORD = "record"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    CREDIT_CODE = "credit_code"


class Field(models.Model):
    """One field of one record type. A built-in field has a column, a user field lies in `extra`.

    `choices` is a list of {key, name, when?}; `when` limits a choice to values of another field.
    `defaults` maps a chosen key to values proposed for other fields (industry -> budget range).
    """

    record_type = models.TextField()
    key = models.TextField()
    name = models.JSONField()
    type = models.TextField(choices=FieldType)
    is_builtin = models.BooleanField(default=False)
    is_required = models.BooleanField(default=False)
    is_computed = models.BooleanField(default=False, help_text="kept by the product: read only")
    is_active = models.BooleanField(default=True)
    section = models.TextField(default="main")
    position = models.IntegerField(default=0)
    choices = models.JSONField(default=list)
    defaults = models.JSONField(default=dict)
    target = models.TextField(default="", blank=True, help_text="record type a reference points at")
    max_length = models.IntegerField(null=True)
    help = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_type", "key"], name="field_once"),
        ]


class UserType(models.Model):
    """A record type that an administrator made; its records lie in `customrecords`."""

    key = models.TextField(unique=True)
    name = models.JSONField()
    icon = models.TextField(default="file")
    title_field = models.TextField(default="name")
    list_columns = models.JSONField(default=list)
    card_fields = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)


class FieldAccess(models.TextChoices):
    """What a role may do with a field."""

    EDIT = "edit"
    READ = "read"
    MASKED = "masked"
    HIDDEN = "hidden"


class FieldPermission(models.Model):
    """A role's limit on one field; without one, a field may be edited.

    A person with several roles has the widest of them.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="field_permissions")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="permissions")
    access = models.TextField(choices=FieldAccess)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "field"], name="field_permission_once")
        ]


class ChoiceSet(models.Model):
    """A list that several screens choose from: document kinds, role templates, sections of a type.

    `smart_defaults:<type>` holds rows {from, when, set} whose source is a field of another record.
    """

    key = models.TextField(primary_key=True)
    items = models.JSONField(default=list)
