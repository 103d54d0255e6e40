"""What an offer asks for: whole stacks, single micro-credentials, and a result or a step of the policy that is reached.

Every micro-credential of a stack is among the offer's own, so that its page tells of the offer. A stack counts as one,
and its pieces not beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential, Stack
    from longleaf.engines.policy import Ledger, Policy
    from longleaf.recognition.models import RewardOffer


@dataclass(frozen=True)
class Asks:
    """The stacks of an offer with their pieces, and the micro-credentials that are in none of them."""

    stacks: tuple[tuple[Stack, tuple[MicroCredential, ...]], ...]
    singles: tuple[MicroCredential, ...]

    def __len__(self) -> int:
        """How many things may be earned for it, of which the offer needs some or all."""
        return len(self.stacks) + len(self.singles)


def asks_of(offer: RewardOffer) -> Asks:
    """What an offer asks for. No query where its micro-credentials and the members of its stacks were fetched."""
    made = {each.pk: each for each in offer.micro_credentials.all()}
    stacks = []
    for stack in offer.stacks.all():
        keys = (member.micro_credential_id for member in stack.members.all())
        stacks.append((stack, tuple(made[key] for key in keys if key in made)))
    inside = {each.pk for _, pieces in stacks for each in pieces}
    return Asks(tuple(stacks), tuple(each for key, each in made.items() if key not in inside))


def as_terms(asks: Asks) -> dict[str, Any]:
    """What a promise keeps of it."""
    return {
        "micro_credentials": [_told(each) for each in asks.singles],
        "stacks": [
            {"slug": stack.slug, "title": stack.title, "micro_credentials": [_told(each) for each in pieces]}
            for stack, pieces in asks.stacks
        ],
    }


def results_in(policy: Policy | None) -> dict[str, str]:
    """What of a policy can be asked for, by code and title: results, and steps of ladders of pay."""
    return dict(_results_in(policy)) if policy else {}


def reached_in(ledger: Ledger | None) -> frozenset[str]:
    """The codes of what somebody has reached under their policy."""
    if ledger is None:
        return frozenset()
    results = (each.rule.id for each in ledger.answers.results if each.met)
    steps = (_step(climb.rule.id, step) for climb in ledger.answers.climbs for step in climb.reached)
    return frozenset((*results, *steps))


def _results_in(policy: Policy) -> Iterator[tuple[str, str]]:
    for result in policy.results:
        yield result.rule.id, result.rule.title
    for ladder in policy.ladders:
        for step in ladder.steps:
            yield _step(ladder.rule.id, step.title), f"{ladder.rule.title}: {step.title}"


def _step(ladder: str, step: str) -> str:
    return f"{ladder}/{step}"


def _told(made: MicroCredential) -> dict[str, Any]:
    title = made.current.title if made.current else made.slug
    return {"key": made.pk, "slug": made.slug, "title": title}
