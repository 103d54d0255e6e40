"""A design with titles in place of the codes of the state's vocabulary: reviewers read and quote words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longleaf.catalog.status import Facet
from longleaf.catalog.wording import Titles
from longleaf.directory.queries import current_state

AUDIENCE = {"roles": Facet.ROLE, "grade_bands": Facet.GRADE_BAND}


def titled(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document, with whom it is for, its topics and its language as people call them."""
    titles = Titles(current_state())
    told = dict(document)
    if isinstance(audience := document.get("audience"), Mapping):
        told["audience"] = {
            name: _all(titles, AUDIENCE[name], codes) if name in AUDIENCE else codes for name, codes in audience.items()
        }
    if "topics" in document:
        told["topics"] = _all(titles, Facet.TOPIC, document["topics"])
    if isinstance(language := document.get("language"), str):
        told["language"] = titles.of(Facet.LANGUAGE, language)
    return told


def _all(titles: Titles, facet: Facet, codes: Any) -> Any:
    return [titles.of(facet, str(code)) for code in codes] if isinstance(codes, list) else codes
