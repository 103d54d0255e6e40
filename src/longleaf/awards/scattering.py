"""Giving out the places of a status list in an order that tells nothing.

Places given out one after another would tell who was awarded before whom, and how many were. A keyed permutation maps
slot 0, 1, 2, … to places all over the list, no place twice: a Feistel network with HMAC-SHA256 as its round function.
"""

from __future__ import annotations

import hashlib
import hmac

ROUNDS = 8


def scattered(slot: int, *, seed: bytes, length: int) -> int:
    """The place of a slot in a list of `length` places (a power of two). Raises `ValueError` outside the list."""
    bits = length.bit_length() - 1
    if 1 << bits != length or not 0 <= slot < length:
        raise ValueError(f"Slot {slot} is outside a list of {length} places.")
    low_bits, high_bits = bits // 2, bits - bits // 2
    high, low = slot >> low_bits, slot & ((1 << low_bits) - 1)
    for number in range(ROUNDS):
        # The halves differ by a bit in width when the length is an odd power of two, so they take turns.
        if number % 2:
            low ^= _mix(seed, number, high) & ((1 << low_bits) - 1)
        else:
            high ^= _mix(seed, number, low) & ((1 << high_bits) - 1)
    return high << low_bits | low


def _mix(seed: bytes, number: int, half: int) -> int:
    digest = hmac.digest(seed, bytes([number]) + half.to_bytes(4), hashlib.sha256)
    return int.from_bytes(digest[:4])
