"""What an offer asks for: whole stacks, single micro-credentials, and a result or a step of the policy that is reached.

It is written down when the offer is made, for stacks change and an offer does not. Every micro-credential of a stack is
among the offer's own, so that its page tells of the offer. A stack counts as one, and its pieces not beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from longleaf.catalog import queries as catalog

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential, Stack
    from longleaf.engines.policy import Ledger, Policy
    from longleaf.recognition.models import RewardOffer


@dataclass(frozen=True)
class Piece:
    """A micro-credential as it was called when the offer was made."""

    key: int
    slug: str
    title: str


@dataclass(frozen=True)
class WholeStack:
    """A stack with the micro-credentials that were in it when the offer was made."""

    slug: str
    title: str
    micro_credentials: tuple[Piece, ...]


@dataclass(frozen=True)
class Asks:
    """The stacks of an offer with their pieces, and the micro-credentials that are in none of them."""

    stacks: tuple[WholeStack, ...]
    singles: tuple[Piece, ...]

    def __len__(self) -> int:
        """How many things may be earned for it, of which the offer needs some or all."""
        return len(self.stacks) + len(self.singles)


def asks_of(offer: RewardOffer) -> Asks:
    """What an offer asks for. No query."""
    told: Mapping[str, Any] = offer.asks
    stacks = (WholeStack(it["slug"], it["title"], _pieces(it["micro_credentials"])) for it in told["stacks"])
    return Asks(tuple(stacks), _pieces(told["micro_credentials"]))


def as_told(micro_credentials: Iterable[MicroCredential], stacks: Iterable[Stack]) -> dict[str, Any]:
    """What is asked for, as an offer and its promises keep it: plain JSON."""
    inside = [(stack, [member.micro_credential_id for member in stack.members.all()]) for stack in stacks]
    pieces = {key for _, keys in inside for key in keys}
    singles = list(dict.fromkeys(each.pk for each in micro_credentials if each.pk not in pieces))
    found = {each.pk: _told(each) for each in catalog.bare_micro_credentials().filter(pk__in=[*pieces, *singles])}
    return {
        "micro_credentials": [found[key] for key in singles],
        "stacks": [
            {"slug": stack.slug, "title": stack.title, "micro_credentials": [found[key] for key in keys]}
            for stack, keys in inside
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


def _pieces(told: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    return tuple(Piece(**each) for each in told)


def _told(made: MicroCredential) -> dict[str, Any]:
    title = made.current.labelled_title if made.current else made.slug
    return {"key": made.pk, "slug": made.slug, "title": title}
