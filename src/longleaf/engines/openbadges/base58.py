"""Base58 in the alphabet of Bitcoin, as keys and signatures are written with it (base58btc).

Numbers of hundreds of bits are slow to divide, so ten digits are taken at a time and only those are taken apart.
"""

from __future__ import annotations

from .errors import CheckFailed

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
# 58² = 3364.
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_AT_ONCE = 10
_CHUNK = 58**_AT_ONCE


def encoded(data: bytes) -> str:
    """The digits of these bytes; each leading zero byte is a `1`."""
    number = int.from_bytes(data)
    chunks = []
    while number:
        number, chunk = divmod(number, _CHUNK)
        chunks.append(_ten_digits(chunk))
    digits = "".join(reversed(chunks)).lstrip("1")
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def decoded(text: str) -> bytes:
    """The bytes of these digits. Raises `CheckFailed` for what is none."""
    number = 0
    for start in range(0, len(text), _AT_ONCE):
        digits = text[start : start + _AT_ONCE]
        number = number * 58 ** len(digits) + _small(digits)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def _ten_digits(chunk: int) -> str:
    chunk, fifth = divmod(chunk, 3364)
    chunk, fourth = divmod(chunk, 3364)
    chunk, third = divmod(chunk, 3364)
    first, second = divmod(chunk, 3364)
    return _PAIRS[first] + _PAIRS[second] + _PAIRS[third] + _PAIRS[fourth] + _PAIRS[fifth]


def _small(digits: str) -> int:
    value = 0
    for digit in digits:
        if digit not in _VALUE:
            raise CheckFailed(f"A key or signature in it holds {digit!r}, which base58 does not know.")
        value = value * 58 + _VALUE[digit]
    return value
