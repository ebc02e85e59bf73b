"""User-defined record types as the registry sees them."""

from collections.abc import Mapping
from functools import lru_cache

from closeloop.customrecords.models import CustomRecord
from closeloop.edge import revisions
from closeloop.fields import queries as fields
from closeloop.records.types import RecordType


def user_defined() -> Mapping[str, RecordType]:
    """Every record type that an administrator made, by key."""
    return _user_defined(revisions.number(fields.REVISION))


@lru_cache(maxsize=4)
def _user_defined(_revision: int) -> Mapping[str, RecordType]:
    return {
        key: RecordType(
            key=key,
            name=user_type.name,
            plural=user_type.name,
            icon=user_type.icon,
            model=CustomRecord,
            columns={},
            title_field=user_type.title_field,
            list_columns=tuple(user_type.list_columns),
            card_fields=tuple(user_type.card_fields),
            is_user_defined=True,
        )
        for key, user_type in fields.user_types().items()
    }
