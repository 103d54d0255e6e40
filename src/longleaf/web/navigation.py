"""What every page is given: the state, the person, and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import RoleHeld, State


@dataclass(frozen=True)
class Place:
    """A place in the main navigation, and the roles that are shown it; none means everybody."""

    title: str
    view_name: str
    roles: frozenset[Role] = frozenset()


PLACES = (
    Place("Catalog", "catalog:list"),
    Place("My work", "assessment:list", frozenset({Role.EDUCATOR})),
    Place("My badges", "awards:mine", frozenset({Role.EDUCATOR})),
    Place("Renewal", "recognition:ledger", frozenset({Role.EDUCATOR})),
    Place("Assess", "desk:queue", frozenset({Role.ASSESSOR, Role.LEAD_ASSESSOR})),
    Place("Issued badges", "awards:issued", frozenset({Role.ISSUER})),
    Place("Local values", "recognition:values", frozenset({Role.PSU_OFFICER})),
    Place("Journal", "journal", frozenset({Role.STATE_OFFICER})),
    Place("Verify a badge", "awards:verify"),
)
FOOTER = (
    ("Glossary", "glossary"),
    ("Standards", "standards"),
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


def roles_held(request: HttpRequest) -> list[RoleHeld]:
    """The roles of whoever is signed in, read once a request."""
    if not hasattr(request, "longleaf_roles"):
        person = getattr(request, "user", None)
        signed_in = person is not None and person.is_authenticated
        request.longleaf_roles = directory.roles_of(person) if signed_in else []  # type: ignore[attr-defined,arg-type]
    return request.longleaf_roles  # type: ignore[attr-defined,no-any-return]


def _frame(request: HttpRequest) -> dict[str, Any]:
    held = roles_held(request)
    state = directory.current_state()
    return {
        "nav": _places_for(request, {Role(each.role) for each in held}),
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
    urls = [(place.title, reverse(place.view_name)) for place in shown]
    here = max((url for _, url in urls if request.path.startswith(url)), key=len, default="")
    return [{"title": title, "url": url, "current": url == here} for title, url in urls]


def _person(request: HttpRequest, held: list[RoleHeld]) -> dict[str, str] | None:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return None
    detail = "; ".join(f"{each.get_role_display()}, {each.organisation.name}" for each in held)
    return {"name": person.name, "detail": detail}


def _state(state: State | None) -> dict[str, str] | None:
    if state is None:
        return None
    footer = f"Every fact about {state.name} says how sure it is."
    return {"name": state.name, "stylesheet": reverse("state-colours"), "footer": footer}
