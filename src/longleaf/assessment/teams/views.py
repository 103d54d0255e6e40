"""Pages of teams: the ones that ask somebody, and an earner's own team for one requirement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment.errors import NoSuchTeam, OwnPartNotWelcome, TeamIsClosed, TeamNotWelcome
from longleaf.assessment.evidence.writing import artifact_of
from longleaf.assessment.queries import Piece, Work
from longleaf.assessment.teams import forming, joining, queries, saying, sharing
from longleaf.assessment.teams.queries import OwnTeam
from longleaf.assessment.views.asking import heading_of, work_of
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, Refusal, WrongState
from longleaf.kit.numbers import whole_number


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The teams that ask this person, and those to which they belong."""
    person = person_of(request)
    context = {"invitations": queries.invitations_of(person), "teams": queries.teams_of(person), "refusal": ""}
    return render(request, "assessment/teams/mine.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Join a team, or say no."""
    person = person_of(request)
    asked = queries.invitation_of(person, ref)
    if request.POST.get("act") != "join":
        joining.decline(asked=asked, acting_person=person)
        messages.success(request, "You said no. Nothing more is sent to you about it.")
        return redirect("teams:mine")
    try:
        joined = joining.join(asked=asked, acting_person=person)
    except WrongState as refusal:
        context = {
            "invitations": queries.invitations_of(person),
            "teams": queries.teams_of(person),
            "refusal": refusal.sentence,
        }
        return render(request, "assessment/teams/mine.html", context, status=refusal.http_status)
    messages.success(request, "You belong to the team now. What it brings stands in your evidence too.")
    if joined.attempt is None:
        raise NoSuchTeam
    return redirect("teams:team", ref=joined.attempt.ref, requirement=joined.team.requirement)


@login_required
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, ref: str, requirement: str) -> HttpResponse:
    """One's team for a requirement; each button of the page names what it does and to what."""
    work = work_of(request, ref)
    piece = queries.piece_for_team(work, requirement)
    if request.method != "POST":
        return _draw(request, work, piece)
    act, _, what = request.POST.get("act", "").partition(":")
    verb = ACTS.get(act)
    if verb is None:
        raise BadInput("The page sent nothing that could be done. Reload it and try again.")
    try:
        said = verb(request, work, piece, what)
    except (TeamNotWelcome, OwnPartNotWelcome, TeamIsClosed) as refusal:
        return _draw(request, work, piece, problem=refusal)
    messages.success(request, said)
    return redirect("teams:team", ref=ref, requirement=requirement)


def _begin(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    forming.begin(attempt=work.attempt, requirement=piece.code, acting_person=person_of(request))
    return "Your team is begun. Ask those who make it with you."


def _ask(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    address = request.POST.get("address", "")
    forming.ask(member=_own(work, piece).own, address=address, acting_person=person_of(request))
    return "Asked. You see here when they join."


def _take_back(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    asked = queries.asked_member(_own(work, piece), what)
    forming.take_back(asked=asked, acting_person=person_of(request))
    return "Done. They are asked no more."


def _bring(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    person = person_of(request)
    artifact = artifact_of(person, whole_number(what) or 0)
    sharing.bring(member=_own(work, piece).own, artifact=artifact, acting_person=person)
    return "It is the team’s now, and stands in the evidence of each of you that is still open."


def _say(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    saying.say_own_part(
        submission=work.submission,
        requirement=piece.code,
        text=request.POST.get("own_part", ""),
        acting_person=person_of(request),
    )
    return "Kept."


def _leave(request: HttpRequest, work: Work, piece: Piece, what: str) -> str:
    forming.leave(member=_own(work, piece).own, acting_person=person_of(request))
    return "You left the team. Its artifact is out of your evidence; bring your own."


Act = Callable[[HttpRequest, Work, Piece, str], str]
ACTS: Mapping[str, Act] = {
    "begin": _begin,
    "ask": _ask,
    "take-back": _take_back,
    "bring": _bring,
    "say": _say,
    "leave": _leave,
}


def _own(work: Work, piece: Piece) -> OwnTeam:
    found = queries.own_team(work, piece)
    if found is None:
        raise NoSuchTeam
    return found


def _draw(request: HttpRequest, work: Work, piece: Piece, *, problem: Refusal | None = None) -> HttpResponse:
    context = {
        **heading_of(work.attempt),
        "work": work,
        "piece": piece,
        "team": queries.own_team(work, piece),
        "to_bring": queries.artifacts_to_bring(piece),
        "typed": request.POST,
        "problems": getattr(problem, "fields", {}),
        "refusal": problem.sentence if problem else "",
    }
    return render(request, "assessment/teams/team.html", context, status=problem.http_status if problem else 200)
