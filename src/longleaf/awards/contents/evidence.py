"""The evidence that a badge may tell of, piece by piece. Where it lies is known to an upper floor: a setting names it.

A piece is a mapping with `key` and `name` and, as there is, `description`, `narrative`, `url`; `file` says that it is a
file, which is then handed out at the badge's own address for as long as the earner lets the badge tell of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.awards import addresses
from longleaf.awards.errors import NoSuchBadge, UnknownEvidence

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from longleaf.awards.models import Award

Piece = Mapping[str, Any]
# What stands in a credential of a piece; the rest is for finding it again.
TOLD = ("key", "name", "description", "narrative", "url", "genre")


def pieces_of(award: Award) -> list[Piece]:
    """Every piece of the work behind a badge, as it was asked for; none for what was judged elsewhere."""
    find: Callable[[str], Sequence[Piece]] = import_string(settings.EVIDENCE_PIECES)
    return [{**piece, "url": _address_of(piece, award.uuid)} for piece in find(award.occasion)]


def released_keys(award: Award) -> list[str]:
    """The keys of the pieces that the badge tells of."""
    return [_key_of(piece) for piece in award.evidence]


def chosen_from(award: Award, keys: Collection[str]) -> list[dict[str, str]]:
    """The pieces with these keys as the award keeps them.

    What is told already stays as it was told, even where its source is gone. Raises `UnknownEvidence`.
    """
    known = {piece["key"]: piece for piece in pieces_of(award)} | {_key_of(piece): piece for piece in award.evidence}
    if set(keys) - set(known):
        raise UnknownEvidence
    return [
        {name: str(piece[name]) for name in TOLD if piece.get(name)} | {"key": key}
        for key, piece in known.items()
        if key in keys
    ]


def file_of(award: Award, key: str) -> HttpResponseBase:
    """The file of a piece that the badge tells of, as an answer. Raises `NoSuchBadge` for any other."""
    if key not in released_keys(award):
        raise NoSuchBadge
    answer: Callable[[str, str], HttpResponseBase | None] = import_string(settings.EVIDENCE_FILE)
    found = answer(award.occasion, key)
    if found is None:
        raise NoSuchBadge
    return found


def _address_of(piece: Piece, award_uuid: uuid.UUID) -> str:
    return addresses.evidence_file(award_uuid, piece["key"]) if piece.get("file") else str(piece.get("url", ""))


def _key_of(piece: Piece) -> str:
    """Badges that were issued before pieces had keys name the requirement."""
    return str(piece.get("key") or piece.get("requirement") or piece.get("name", ""))
