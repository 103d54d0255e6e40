"""What is still to be said before handing in, for the protection of people and on the tools that were used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from longleaf.assessment.models import Artifact, Consent, Shown, TeamMember
from longleaf.assessment.privacy.ai_use import unsaid_in
from longleaf.assessment.privacy.consent import thing_of
from longleaf.assessment.privacy.looked import left_to_look_through
from longleaf.assessment.privacy.looking import Look, look_through
from longleaf.assessment.queries import Piece, Work
from longleaf.assessment.status import MADE_TOGETHER
from longleaf.kit.numbers import number


@dataclass(frozen=True)
class ShownArtifact:
    """A file or link of a requirement that shows people, with what was said of it."""

    artifact: Artifact
    name: str
    shown: Shown | None

    @property
    def people(self) -> list[Consent]:
        return list(self.shown.people.all()) if self.shown else []

    @property
    def numbers(self) -> list[int]:
        return [each.number for each in self.people if each.withdrawn_at is None]

    @property
    def is_settled(self) -> bool:
        """Whether nobody can be recognised, or everybody's consent stands."""
        if self.shown is None:
            return False
        return self.shown.nobody or bool(self.people and all(each.withdrawn_at is None for each in self.people))


def shown_artifacts(work: Work) -> dict[str, list[ShownArtifact]]:
    """By requirement that shows people: what was brought and what is said of it, in a constant number of queries."""
    said = {each.thing: each for each in Shown.objects.filter(attempt=work.attempt).prefetch_related("people")}
    elsewhere = _said_by_teammates(work)
    return {
        piece.code: [
            _shown(each, place, said, work.attempt.earner_id)
            for place, each in enumerate(piece.artifacts, 1)
            if each.taken_away_at is None and not (each.team_id and thing_of(each) in elsewhere)
        ]
        for piece in work.pieces
        if piece.requirement.shows_people and not piece.response.locked
    }


def what_is_unsaid(work: Work) -> dict[str, str]:
    """Everything here that keeps a round from being handed in, by a key of its own, and how to mend it."""
    found = {**_without_consent(work), **_without_statement(work)}
    if work.design.names_must_be_answered:
        found.update(_unanswered(look_through(work)))
    return found


def not_looked_through(work: Work) -> dict[str, str]:
    """What software cannot look into and of which the earner has not yet said that they did, as `looked`."""
    left = left_to_look_through(work)
    if not left:
        return {}
    named = _in_a_row([f"“{each.name}”" for each in left])
    return {"looked": f"Look through {named} for names that can be read or heard, then tick that you did."}


def _without_consent(work: Work) -> dict[str, str]:
    pieces = {piece.code: piece for piece in work.pieces}
    return {
        f"privacy-consent-{code}": _ask_for_consent(pieces[code], unsettled)
        for code, brought in shown_artifacts(work).items()
        if (unsettled := [each for each in brought if not each.is_settled])
    }


def _ask_for_consent(piece: Piece, unsettled: Sequence[ShownArtifact]) -> str:
    return (
        f"Say who can be recognized in {number(len(unsettled), 'artifact')} of “{piece.requirement.title}”, and "
        "log the consent of each of them, or say that nobody can be."
    )


def _without_statement(work: Work) -> dict[str, str]:
    if not work.design.ai_policy.asks:
        return {}
    titles = {piece.code: piece.requirement.title for piece in work.pieces}
    return {
        f"privacy-tools-{code}": f"Say whether a tool helped with {_in_a_row([each.name for each in unsaid])} for "
        f"“{titles[code]}”, and for what."
        for code, unsaid in unsaid_in(work).items()
    }


def _in_a_row(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _unanswered(look: Look) -> dict[str, str]:
    if not look.findings:
        return {}
    found = number(len(look.findings), "name")
    return {"privacy-names": f"{found.capitalize()} may stand in your evidence. Change it, or say that it is no name."}


def _said_by_teammates(work: Work) -> frozenset[str]:
    """Of what team work it was said by another of the team whom it shows: one log is enough, and closes it for all."""
    teams = {each.team_id for piece in work.pieces for each in piece.artifacts if each.team_id}
    if not teams:
        return frozenset()
    members = TeamMember.objects.filter(team__in=teams, status__in=MADE_TOGETHER).exclude(attempt=work.attempt)
    others = Shown.objects.filter(attempt__in=members.values("attempt"))
    settled = others.filter(Q(nobody=True) | Q(people__withdrawn_at__isnull=True, people__isnull=False))
    return frozenset(settled.values_list("thing", flat=True))


def _shown(artifact: Artifact, place: int, said: Mapping[str, Shown], earner_id: int) -> ShownArtifact:
    own = artifact.name_for(earner_id)
    return ShownArtifact(artifact, own or f"Artifact {place}", said.get(thing_of(artifact)))
