"""What an office says of a licence, whether it can be so, and which licence on record it means. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines import policy as engine
from longleaf.engines.policy.rules import spoken
from longleaf.recognition.models import Licence

LONGEST_AREA = 60
MOST_AREAS = 20
# Exams are scored in hundreds or thousands; whatever is larger was mistyped.
HIGHEST_SCORE = Decimal(10_000)


@dataclass(frozen=True)
class LicenceFacts:
    """A licence as it is told. None keeps what is on record; `is_open_again` takes an early end back."""

    kind: str
    role: str
    issued: date
    expires: date
    areas: tuple[str, ...] | None = None
    scores: Mapping[str, engine.Score] | None = None
    ended_on: date | None = None
    is_open_again: bool = False


def mistakes_of(facts: LicenceFacts, policy: engine.Policy | None) -> Iterator[tuple[str, str]]:
    """What cannot be so, by field; kinds and roles are looked at where there is a policy that knows them."""
    if policy and policy.licence_types and facts.kind not in {each.code for each in policy.licence_types}:
        yield "kind", "The policy knows no such kind of license; give one of its codes or titles."
    if policy and facts.role not in {each.code for each in policy.roles}:
        yield "role", "The policy knows no such role; give one of its codes or titles."
    if facts.expires <= facts.issued:
        yield "expires", f"Choose a day after {spoken(facts.issued)}."
    elif facts.ended_on and not facts.issued <= facts.ended_on <= facts.expires:
        yield "ended_on", f"Choose a day from {spoken(facts.issued)} to {spoken(facts.expires)}, or leave it empty."
    areas = facts.areas or ()
    if len(areas) > MOST_AREAS or any(not 0 < len(each) <= LONGEST_AREA for each in areas):
        yield "areas", f"Give at most {MOST_AREAS} areas of at most {LONGEST_AREA} letters."
    for exam, score in (facts.scores or {}).items():
        numbers = (score.score, score.qualifying, score.sem or Decimal(0))
        if not exam or any(not 0 <= each <= HIGHEST_SCORE for each in numbers):
            yield "scores", f"A score is from 0 to {HIGHEST_SCORE:,}, and its exam has a code."


def meant_by(facts: LicenceFacts, held: Iterable[Licence]) -> Licence | None:
    """Which of somebody's licences is meant: that of the same kind and expiry, or else of the same kind and beginning.

    So a licence whose last day is moved stays the same one. What had ended is not taken up by its beginning.
    """
    alike = [each for each in held if each.kind == facts.kind]
    same = next((each for each in alike if each.expires == facts.expires), None)
    return same or next((each for each in alike if each.issued == facts.issued and each.ended_on is None), None)


def changes_of(facts: LicenceFacts, licence: Licence) -> dict[str, tuple[object, object]]:
    """What would be changed of a licence on record, by field: before and after."""
    told: dict[str, object] = {"kind": facts.kind, "role": facts.role, "issued": facts.issued, "expires": facts.expires}
    if facts.areas is not None:
        told["areas"] = list(facts.areas)
    if facts.scores is not None:
        told["scores"] = scores_as_kept(facts.scores)
    if facts.ended_on is not None or facts.is_open_again:
        told["ended_on"] = facts.ended_on
    before = {name: getattr(licence, name) for name in told}
    return {name: (before[name], after) for name, after in told.items() if before[name] != after}


def scores_as_kept(scores: Mapping[str, engine.Score]) -> dict[str, dict[str, str]]:
    """Scores as the database keeps them: numbers as text, so that none is rounded."""
    kept = {}
    for exam, it in sorted(scores.items()):
        kept[exam] = {"score": f"{it.score:f}", "qualifying": f"{it.qualifying:f}"}
        if it.sem is not None:
            kept[exam]["sem"] = f"{it.sem:f}"
    return kept


def scores_of(kept: Mapping[str, Mapping[str, str]]) -> dict[str, engine.Score]:
    """Scores as the engine takes them."""
    return {
        exam: engine.Score(
            Decimal(it["score"]), Decimal(it["qualifying"]), Decimal(it["sem"]) if it.get("sem") is not None else None
        )
        for exam, it in kept.items()
    }
