"""How messages leave: each channel hands one to its provider and says what became of it."""

from closeloop.nurture.channels.outside import Parcel, guarantee_of, is_ready, lacks_code, send

__all__ = ["Parcel", "guarantee_of", "is_ready", "lacks_code", "send"]
