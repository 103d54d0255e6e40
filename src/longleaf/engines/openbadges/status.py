"""Status lists: whether a credential has been withdrawn or suspended since it was signed.

One list holds a bit for each of at least 131,072 credentials, so that asking about one does not tell which.
Follows W3C Bitstring Status List 1.0: most significant bit first, gzip, base64url with the multibase letter `u`.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from . import times
from .contexts import CREDENTIALS_V2
from .errors import CannotBuild, CheckFailed, NotCheckable
from .keys import base64url, from_base64url

LEAST_ENTRIES = 131_072
REVOCATION = "revocation"
SUSPENSION = "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
ENTRY_TYPE = "BitstringStatusListEntry"
LIST_TYPE = "BitstringStatusListCredential"
# 2^26 entries; a list is unpacked no further than this, however well it was packed.
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class StatusEntry:
    """A credential's place in a status list: the list's URL, the bit's index, and what the bit means."""

    list_url: str
    index: int
    purpose: str = REVOCATION

    def as_json(self) -> dict[str, Any]:
        """The `credentialStatus` member. Raises `CannotBuild` for a negative index."""
        if self.index < 0:
            raise CannotBuild(f"The status list index is {self.index}. Count from 0.")
        if self.purpose not in PURPOSES:
            raise CannotBuild(f"A credential is listed for {' or '.join(PURPOSES)}, not for {self.purpose!r}.")
        return {
            "id": f"{self.list_url}#{self.index}",
            "type": ENTRY_TYPE,
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }


def bits(indexes: Iterable[int], *, entries: int = LEAST_ENTRIES) -> bytes:
    """The bytes of a list of `entries` bits in which those at `indexes` are set. Raises `CannotBuild`."""
    if entries < LEAST_ENTRIES or entries % 8:
        raise CannotBuild(f"A status list has {LEAST_ENTRIES} entries or more, in whole bytes; not {entries}.")
    found = bytearray(entries // 8)
    for index in indexes:
        if not 0 <= index < entries:
            raise CannotBuild(f"Index {index} is outside the status list of {entries} entries.")
        found[index >> 3] |= 0x80 >> (index & 7)
    return bytes(found)


def bit(unpacked: bytes, index: int) -> bool:
    """Whether the bit at `index` is set. Raises `CheckFailed` if the list does not reach so far."""
    if not 0 <= index < len(unpacked) * 8:
        raise CheckFailed(f"The status list has no entry {index}. Ask the issuer for a corrected credential.")
    return bool(unpacked[index >> 3] & (0x80 >> (index & 7)))


def encoded(unpacked: bytes) -> str:
    """The `encodedList` of a list; the same bits always give the same text."""
    return "u" + base64url(gzip.compress(unpacked, mtime=0))


def decoded(text: object) -> bytes:
    """The bits of an `encodedList`, unpacked within bounds. Raises `CheckFailed`."""
    if not isinstance(text, str) or not text.startswith("u"):
        raise CheckFailed("The issuer's status list is not written as status lists are. Tell the issuer.")
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(from_base64url(text[1:].rstrip("=")), _MOST_BYTES + 1)
    except zlib.error:
        raise CheckFailed("The issuer's status list is damaged. Tell the issuer.") from None
    if not unpacking.eof or unpacking.unused_data:
        raise CheckFailed("The issuer's status list is cut off, or far too large. Tell the issuer.")
    return unpacked


def refuse_short(unpacked: bytes) -> None:
    """Raise `NotCheckable` for a list so short that asking it tells who is asked about, as the standard demands."""
    if len(unpacked) * 8 < LEAST_ENTRIES:
        raise NotCheckable(f"The issuer's status list has fewer than the {LEAST_ENTRIES} entries it must have.")


def status_list_credential(
    *,
    url: str,
    issuer: str,
    unpacked: bytes,
    valid_from: datetime,
    purpose: str = REVOCATION,
    valid_until: datetime | None = None,
    keep_for: timedelta | None = None,
) -> dict[str, Any]:
    """The BitstringStatusListCredential to publish at `url`, without its proof. Raises `CannotBuild`.

    `keep_for` says how long a verifier may go on using its copy (`ttl`), which adds nothing to `valid_until`.
    """
    if purpose not in PURPOSES:
        raise CannotBuild(f"A status list is kept for {' or '.join(PURPOSES)}, not for {purpose!r}.")
    if len(unpacked) * 8 < LEAST_ENTRIES:
        raise CannotBuild(f"A status list has {LEAST_ENTRIES} entries or more, not {len(unpacked) * 8}.")
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", LIST_TYPE],
        "issuer": issuer,
        "validFrom": times.written(valid_from),
    }
    if valid_until:
        document["validUntil"] = times.written(valid_until)
    document["credentialSubject"] = {
        "id": f"{url}#list",
        "type": "BitstringStatusList",
        "statusPurpose": purpose,
        "encodedList": encoded(unpacked),
    }
    if keep_for:
        document["credentialSubject"]["ttl"] = keep_for // timedelta(milliseconds=1)
    return document


def index_of(entry: Mapping[str, Any]) -> int:
    """The index of an entry, which some issuers write as a number. Raises `CheckFailed`."""
    index = entry.get("statusListIndex")
    text = str(index) if isinstance(index, int | str) and not isinstance(index, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise CheckFailed("Its place in the status list is not a number. Ask the issuer for a corrected copy.")
    return int(text)
