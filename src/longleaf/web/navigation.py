"""What every page is given: the state, the person, and where they may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.directory.models import RoleHeld, State


@dataclass(frozen=True)
class Place:
    """A place in the main navigation, and the roles that are shown it; none means everybody."""

    title: str
    view_name: str
    roles: frozenset[Role] = frozenset()
    about: str = ""
    group: str = ""


# More places than this in one row are too many to choose from; then those of a group stand together under its title.
MOST_IN_A_ROW = 7
LEARNING, CREDIT, RECORDS = "My learning", "Credit and rewards", "Records"

PLACES = (
    Place("Catalog", "catalog:list", about="What each micro-credential asks for, and how it is judged."),
    Place("My work", "assessment:list", frozenset({Role.EDUCATOR})),
    Place("My people", "mentoring:people", frozenset({Role.COACH}), "Drafts that educators let you look at."),
    Place("My badges", "awards:mine", frozenset({Role.EDUCATOR}), group=LEARNING),
    Place("Renewal", "recognition:ledger", frozenset({Role.EDUCATOR}), group=LEARNING),
    Place(
        "My rewards",
        "rewards:mine",
        frozenset({Role.EDUCATOR}),
        "What your school unit and the state promised you for what you earn, and what became of it.",
        group=LEARNING,
    ),
    Place(
        "Bring a badge",
        "portability:mine",
        frozenset({Role.EDUCATOR}),
        "Badges that you earned elsewhere: verified here, and decided on with reasons.",
        group=LEARNING,
    ),
    Place("Assess", "desk:queue", frozenset({Role.ASSESSOR, Role.LEAD_ASSESSOR}), "Evidence that waits to be read."),
    Place(
        "Appeals",
        "appeals:waiting",
        frozenset({Role.LEAD_ASSESSOR, Role.STATE_OFFICER}),
        "Decisions that an earner objects to.",
    ),
    Place(
        "Assessors",
        "pool:mine",
        frozenset({Role.ASSESSOR, Role.LEAD_ASSESSOR, Role.REVIEWER}),
        "How much you read and about what, when you are away, and whose work you do not judge.",
    ),
    Place(
        "Studio",
        "studio:portfolio",
        frozenset({Role.DESIGNER, Role.ISSUER}),
        "Drafts of micro-credentials, from the competency to the rubric, and what your organizations have published.",
    ),
    Place(
        "Issued badges",
        "awards:issued",
        frozenset({Role.ISSUER}),
        "Every badge of your organizations. A badge that should not have been issued is revoked here, with a reason.",
    ),
    Place(
        "Signing keys",
        "awards:keys",
        frozenset({Role.ISSUER, Role.ADMINISTRATOR}),
        "What your organizations sign with. A key that somebody else may have is reported here.",
    ),
    Place(
        "People",
        "people:listed",
        frozenset({Role.ADMINISTRATOR}),
        "The people of your organizations. A name that has changed is changed here, with a reason.",
    ),
    Place(
        "Credit desk",
        "recognition:desk",
        frozenset({Role.PSU_OFFICER}),
        "What educators ask you to decide, and lists of those who took part.",
    ),
    Place(
        "Credit desk",
        "recognition:desk",
        frozenset({Role.STATE_OFFICER}),
        "What educators whom no school unit employs ask the state to decide.",
        group=CREDIT,
    ),
    Place(
        "Roster",
        "recognition:roster",
        frozenset({Role.PSU_OFFICER}),
        "How each educator stands in the renewal cycle, who is at risk, and the licensure export.",
    ),
    Place(
        "Licenses",
        "recognition:licence-files",
        frozenset({Role.PSU_OFFICER, Role.STATE_OFFICER}),
        "Enter the licenses that renewal ledgers rest on: from a file, or one by one.",
        group=CREDIT,
    ),
    Place(
        "Renewal in numbers",
        "recognition:state",
        frozenset({Role.STATE_OFFICER}),
        "How educators of all school units stand, by region, and how far the state is from time to competency.",
        group=CREDIT,
    ),
    Place(
        "Renewal policy",
        "policy:home",
        frozenset({Role.STATE_OFFICER}),
        "The policy in force, its history, and drafts of a new one: whom it would help or cost, before it is decided.",
        group=CREDIT,
    ),
    Place(
        "Appeals about credit",
        "recognition:appeals",
        frozenset({Role.STATE_OFFICER}),
        "What a school unit did not approve as asked.",
        group=CREDIT,
    ),
    Place(
        "Local values",
        "recognition:values",
        frozenset({Role.PSU_OFFICER}),
        "What a micro-credential is worth in your school unit, and the ledgers of your educators.",
        group=CREDIT,
    ),
    Place(
        "Renewal plans",
        "recognition:plans",
        frozenset({Role.PSU_OFFICER, Role.STATE_OFFICER}),
        "Plans of school units that look at outcomes in place of hours: which hold, and what their measures came to.",
        group=CREDIT,
    ),
    Place(
        "Rewards",
        "rewards:office",
        frozenset({Role.PSU_OFFICER, Role.STATE_OFFICER}),
        "Stipends, roles and time for what educators earn: budgets, offers, and what is due to be paid.",
        group=CREDIT,
    ),
    Place(
        "Recognize",
        "portability:waiting",
        frozenset({Role.PSU_OFFICER, Role.STATE_OFFICER}),
        "Badges that educators earned elsewhere, for you to accept or not, with reasons.",
        group=CREDIT,
    ),
    Place(
        "Meetings",
        "meetings:waiting",
        frozenset({Role.COACH, Role.PSU_OFFICER}),
        "Educators who say that they met you as their coach, for you to confirm.",
    ),
    Place(
        "Quality reviews",
        "quality:home",
        frozenset({Role.REVIEWER, Role.STATE_OFFICER, Role.DESIGNER, Role.ISSUER}),
        "Designs of micro-credentials that are read against the rubric of the state.",
    ),
    Place(
        "Applications",
        "applications:home",
        frozenset({Role.ISSUER, Role.PSU_OFFICER}),
        "What your organizations ask the state to approve: to issue, to run a pathway, or a renewal plan of their own.",
    ),
    Place(
        "Holds",
        "holds:listed",
        frozenset({Role.STATE_OFFICER}),
        "Work that is kept past its time, because the state looks into something.",
        group=RECORDS,
    ),
    Place(
        "Journal",
        "journal",
        frozenset({Role.STATE_OFFICER}),
        "Who decided what, and when. No line can be changed.",
        group=RECORDS,
    ),
    Place("Verify a badge", "awards:verify", about="Whether a badge is genuine, unaltered and still good."),
)
FOOTER = (
    ("Glossary", "glossary"),
    ("Standards", "standards"),
    ("Register", "register:list"),
    ("Criteria", "register:criteria"),
    ("Model policy", "recognition:model-policy"),
    ("Appeals", "appeals:outcomes"),
    ("Accessibility", "accessibility"),
    ("Privacy", "privacy"),
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame around every page (see kit/base.html). Made once a request."""
    frame = getattr(request, "longleaf_frame", None)
    if frame is None:
        frame = _frame(request)
        request.longleaf_frame = frame  # type: ignore[attr-defined]
    return frame


def roles_held(request: HttpRequest) -> Sequence[RoleHeld]:
    """The roles of whoever is signed in."""
    person = getattr(request, "user", None)
    return directory.roles_of(person) if person is not None and person.is_authenticated else ()


def _frame(request: HttpRequest) -> dict[str, Any]:
    held = roles_held(request)
    state = directory.current_state()
    places = _places_for(request, {Role(each.role) for each in held})
    return {
        "doors": places,
        "nav": _in_groups(places),
        "person": _person(request, held),
        "sign_in_url": reverse("demo:people" if settings.DEMO else "account_login"),
        "sign_out_url": reverse("account_logout"),
        "state": _state(state),
        "words": state.words if state else {},
        "demo": settings.DEMO,
        "footer_links": [{"title": title, "url": reverse(name)} for title, name in FOOTER],
    }


def _places_for(request: HttpRequest, roles: set[Role]) -> list[dict[str, Any]]:
    shown = [place for place in PLACES if not place.roles or place.roles & roles]
    urls = [(place, reverse(place.view_name)) for place in shown]
    here = max((url for _, url in urls if request.path.startswith(url)), key=len, default="")
    return [
        {
            "title": place.title,
            "url": url,
            "current": url == here,
            "about": place.about,
            "own": bool(place.roles),
            "group": place.group,
        }
        for place, url in urls
    ]


def _in_groups(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places as they stand in the row: where there are many, a group stands where its first place would."""
    if len(places) <= MOST_IN_A_ROW:
        return places
    shown: list[dict[str, Any]] = []
    for place in places:
        group = [each for each in places if each["group"] and each["group"] == place["group"]]
        if len(group) < 2:
            shown.append(place)
        elif place is group[0]:
            current = any(each["current"] for each in group)
            shown.append({"title": place["group"], "current": current, "places": group})
    return shown


def _person(request: HttpRequest, held: Sequence[RoleHeld]) -> dict[str, str] | None:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return None
    return {"name": person.name, "detail": _roles_in_words(held), "url": reverse("directory:profile")}


def _roles_in_words(held: Sequence[RoleHeld]) -> str:
    """Each role once, with the first place where it is held and how many more there are."""
    places: dict[str, list[str]] = {}
    for each in held:
        places.setdefault(each.get_role_display(), []).append(each.organisation.name)
    return "; ".join(f"{role}, {names[0]}{_and_others(len(names) - 1)}" for role, names in places.items())


def _and_others(count: int) -> str:
    return f" and {number(count, 'other')}" if count else ""


def _state(state: State | None) -> dict[str, str] | None:
    if state is None:
        return None
    footer = f"Every fact about {state.name} says how sure it is."
    return {"name": state.name, "stylesheet": reverse("state-colours"), "footer": footer}
