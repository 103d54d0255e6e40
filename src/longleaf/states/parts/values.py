"""The kinds of value that the parts of a pack are made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=40)]
# A language with its script, region and variants, as BCP 47 writes them: `en`, `es-419`, `zh-Hant-TW`.
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*$", max_length=60),
]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$", max_length=1_000)]

# A rubric, a panel rule or a policy as its engine reads it: what JSON can carry, days as text.
Document = Mapping[str, JsonValue]


class Standing(StrEnum):
    """How sure a fact or a wording is, from best to least."""

    OFFICIAL = "official"
    VERIFIED = "verified"
    PARTLY_VERIFIED = "partly_verified"
    INFERRED = "inferred"
    RECONSTRUCTED = "reconstructed"
    PROPOSED = "proposed"
    FROM_MEMORY = "from_memory"
    NOT_FOUND = "not_found"
    SYNTHETIC = "synthetic"

    @property
    def rests_on_sources(self) -> bool:
        """Whether the standing claims that somebody saw the fact, so that a source must be named."""
        return self in {Standing.OFFICIAL, Standing.VERIFIED, Standing.PARTLY_VERIFIED}


class Part(BaseModel):
    """A value in a pack: unknown names are refused, types are taken at their word, nothing changes later."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Sourced(Part):
    """A part that says how sure it is and where it was seen; `sources` are codes of `sources.yaml`."""

    standing: Standing
    sources: tuple[Code, ...] = ()
    note: str = ""
