"""Who reads: the language to speak, and which fields' values must not be told."""

from dataclasses import dataclass

from django.http import HttpRequest

from closeloop.edge import problems
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.org.access import Access


@dataclass(frozen=True)
class Reader:
    """A person as the reader of records and of what happened to them."""

    language: str
    access: Access

    def hidden_in(self, record_type: str) -> frozenset[str]:
        """The fields of a type whose values this reader must not learn, in whatever form."""
        return fields.hidden_from(record_type, self.access)


def reader_of(request: HttpRequest) -> Reader:
    """The reader behind a request."""
    return reader_for(actor_of(request), problems.language_of(request))


def reader_for(actor: Actor, language: str) -> Reader:
    """An actor as a reader."""
    return Reader(language=language, access=org.access_of(actor))
