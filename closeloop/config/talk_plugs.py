"""What recognition and conversations are told of the apps beside and above them."""

from closeloop.conversations import naming
from closeloop.recognition.plugs import Plugs as RecognitionPlugs


def plug(recognition: RecognitionPlugs) -> None:
    """Join readings to the customers that they name."""
    recognition.named_in = naming.customers_named
