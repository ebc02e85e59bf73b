"""Secrets of outside services, sealed for the database with a key made from SECRET_KEY.

AES-256-GCM under a key derived by HKDF-SHA256 (RFC 5869); the purpose is bound in, so that what was
sealed for one place opens at no other. Older keys (SECRET_KEY_FALLBACKS) still open.
"""

import base64
import binascii
import os

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Protocol.KDF import HKDF
from django.conf import settings

_MARK = "s1."
_NONCE_BYTES = 12
_TAG_BYTES = 16


class Unopenable(ValueError):
    """The text was sealed with another key or for another purpose, or it was tampered with."""


def seal(secret: str, *, purpose: str) -> str:
    """The secret as text that only this installation can open, for this purpose."""
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AES.new(_key(settings.SECRET_KEY, purpose), AES.MODE_GCM, nonce=nonce)
    body, tag = cipher.encrypt_and_digest(secret.encode())
    return _MARK + base64.urlsafe_b64encode(nonce + tag + body).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The secret that was sealed for this purpose; raises Unopenable."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK))
    except (binascii.Error, ValueError) as error:
        raise Unopenable("not a sealed text") from error
    nonce, tag = raw[:_NONCE_BYTES], raw[_NONCE_BYTES : _NONCE_BYTES + _TAG_BYTES]
    body = raw[_NONCE_BYTES + _TAG_BYTES :]
    for key in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        try:
            cipher = AES.new(_key(key, purpose), AES.MODE_GCM, nonce=nonce)
            return cipher.decrypt_and_verify(body, tag).decode()
        except ValueError:
            continue
    raise Unopenable("sealed with another key")


def _key(secret_key: str, purpose: str) -> bytes:
    made = HKDF(secret_key.encode(), 32, b"closeloop.sealing", SHA256, 1, context=purpose.encode())
    assert isinstance(made, bytes)
    return made
