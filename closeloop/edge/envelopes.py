"""Signatures and encryption as the providers document them (pure).

WeCom (developer.work.weixin.qq.com/document/path/90968) and DingTalk share one scheme: SHA-1 over
the sorted token, time, nonce and ciphertext; AES-256-CBC whose initial vector begins the key; 16
random bytes, the length, the message, whose it is. Feishu: SHA-256 over time, nonce, key and body;
AES-256-CBC under the key's hash, the vector in front of the ciphertext.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from Crypto.Cipher import AES

_BLOCK = 32
"""WeCom and DingTalk pad to multiples of 32 bytes."""
_RANDOM = 16
_HEAD = _RANDOM + 4


class Unreadable(ValueError):
    """It was not encrypted with this key, or not for this account."""


def signature(token: str, timestamp: str, nonce: str, ciphertext: str) -> str:
    """WeCom's and DingTalk's signature of a ciphertext."""
    parts = sorted((token, timestamp, nonce, ciphertext))
    return hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()


def feishu_signature(timestamp: str, nonce: str, key: str, body: bytes) -> str:
    """Feishu's signature of a body."""
    return hashlib.sha256(f"{timestamp}{nonce}{key}".encode() + body).hexdigest()


def is_same(given: str, expected: str) -> bool:
    """Whether two signatures agree, told in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


def open_shared(ciphertext: str, key: str, *, receiver: str) -> str:
    """The message in a ciphertext of WeCom or DingTalk; raises Unreadable."""
    plain = _decrypt(_raw(ciphertext), _shared_key(key), _shared_key(key)[: AES.block_size])
    if len(plain) < _HEAD:
        raise Unreadable("too short")
    (length,) = struct.unpack(">I", plain[_RANDOM:_HEAD])
    message, told = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
    if told != receiver.encode():
        raise Unreadable("for somebody else")
    try:
        return message.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not a text") from error


def seal_shared(message: str, key: str, *, receiver: str) -> str:
    """A message as WeCom and DingTalk encrypt it."""
    raw = message.encode()
    plain = os.urandom(_RANDOM) + struct.pack(">I", len(raw)) + raw + receiver.encode()
    filling = _BLOCK - len(plain) % _BLOCK
    cipher = AES.new(_shared_key(key), AES.MODE_CBC, _shared_key(key)[: AES.block_size])
    return base64.b64encode(cipher.encrypt(plain + bytes([filling]) * filling)).decode()


def open_feishu(ciphertext: str, key: str) -> str:
    """The message in a ciphertext of Feishu; raises Unreadable."""
    raw = _raw(ciphertext)
    hashed = hashlib.sha256(key.encode()).digest()
    plain = _decrypt(raw[AES.block_size :], hashed, raw[: AES.block_size])
    try:
        return plain.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not a text") from error


def seal_feishu(message: str, key: str) -> str:
    """A message as Feishu encrypts it."""
    plain = message.encode()
    filling = AES.block_size - len(plain) % AES.block_size
    vector = os.urandom(AES.block_size)
    cipher = AES.new(hashlib.sha256(key.encode()).digest(), AES.MODE_CBC, vector)
    return base64.b64encode(vector + cipher.encrypt(plain + bytes([filling]) * filling)).decode()


def _shared_key(key: str) -> bytes:
    return base64.b64decode(key + "=")


def _raw(ciphertext: str) -> bytes:
    try:
        return base64.b64decode(ciphertext, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("not base64") from error


def _decrypt(raw: bytes, key: bytes, vector: bytes) -> bytes:
    if not raw or len(raw) % AES.block_size or len(vector) != AES.block_size:
        raise Unreadable("not whole blocks")
    plain = AES.new(key, AES.MODE_CBC, vector).decrypt(raw)
    filling = plain[-1]
    if not 1 <= filling <= _BLOCK or plain[-filling:] != bytes([filling]) * filling:
        raise Unreadable("wrongly filled")
    return plain[:-filling]
