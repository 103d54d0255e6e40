"""A licence in the words of the policy, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from longleaf.engines import policy as engine
from longleaf.recognition.licences.facts import scores_of
from longleaf.recognition.licences.reading import scores_typed
from longleaf.recognition.models import Licence


@dataclass(frozen=True)
class Shown:
    """What a page tells of a licence. `standing` is "holds", "expired" or "ended"."""

    number: int
    kind: str
    role: str
    areas: str
    scores: str
    issued: date
    expires: date
    ended_on: date | None
    standing: str


def shown_of(licences: Iterable[Licence], policy: engine.Policy | None, *, on: date) -> list[Shown]:
    """Licences as a page tells them; a code that the policy does not know stays a code."""
    kinds = {it.code: it.title for it in policy.licence_types} if policy else {}
    roles = {it.code: it.title for it in policy.roles} if policy else {}
    return [
        Shown(
            number=each.pk,
            kind=kinds.get(each.kind, each.kind),
            role=roles.get(each.role, each.role),
            areas=", ".join(each.areas),
            scores=scores_typed(scores_of(each.scores)),
            issued=each.issued,
            expires=each.expires,
            ended_on=each.ended_on,
            standing="ended" if each.has_ended(on) else "expired" if each.expires < on else "holds",
        )
        for each in licences
    ]
