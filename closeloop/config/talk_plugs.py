"""What recognition and conversations are told of the apps beside and above them."""

from collections.abc import Collection, Mapping

from closeloop.activity.reactions import Reactions
from closeloop.conversations import actions, naming, queries, reactions
from closeloop.conversations.plugs import plugs
from closeloop.integrations import queries as linked
from closeloop.leads.merging.carriers import Carrier, Carriers
from closeloop.recognition.plugs import Plugs as RecognitionPlugs


def plug(recognition: RecognitionPlugs, activity: Reactions, carriers: Carriers) -> None:
    """Join readings to customers and conversations, and these to people's ids at providers."""
    recognition.named_in = naming.customers_named
    recognition.readers.append(queries.may_read_attachment)
    plugs.people_at = _people_at
    activity.register(reactions.wanted, reactions.react)
    carriers.register(Carrier("conversations", actions.move, actions.move_back))


def _people_at(provider: str, ids: Collection[str]) -> Mapping[str, int]:
    return linked.people_at(provider, ids)
