"""What the page tells on which an earner decides what a badge tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from longleaf.awards.contents import evidence, identities
from longleaf.awards.contents.evidence import Piece
from longleaf.awards.models import Award
from longleaf.directory import queries as directory

KEEP = ""


@dataclass(frozen=True)
class ContentsPage:
    """A signed badge, as its earner may have it changed."""

    award: Award

    @cached_property
    def pieces(self) -> list[Piece]:
        return evidence.pieces_of(self.award)

    @cached_property
    def released(self) -> list[str]:
        return evidence.released_keys(self.award)

    @cached_property
    def bound_to(self) -> str:
        """The address that it knows, or "" where that is no longer a verified one."""
        return identities.bound_address(self.award)

    @cached_property
    def addresses(self) -> list[dict[str, str]]:
        """The choice of addresses, as `ui.radio_cards` takes it."""
        known = directory.verified_addresses(self.award.earner)
        options = [{"value": address, "label": address} for address in known]
        if self.bound_to:
            return options
        return [{"value": KEEP, "label": "Leave it as it is", "text": "An address that is no longer yours."}, *options]

    @property
    def has_older_name(self) -> bool:
        return self.award.earner_name != self.award.earner.name
