"""Who may hand a design in for review, see a review, and decide on it: a yes/no and a filter, side by side.

Who reads is for `panels.access` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.catalog import queries as catalog
from longleaf.directory.queries import holds, organisations_where, places_where
from longleaf.directory.status import Role
from longleaf.quality.models import Review
from longleaf.quality.status import Cause

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

# What panels on designs are called; `assessment` convenes others.
PANEL_KIND = "quality"
HANDS_IN = (Role.DESIGNER, Role.ISSUER)


def may_hand_in(person: Person, version: Version) -> bool:
    """Designers and officers of the organisation whose design it is."""
    issuer = version.micro_credential.issuer_id
    return any(holds(person, role, organisation_id=issuer) for role in HANDS_IN)


def may_take_back(person: Person, review: Review) -> bool:
    """Whoever may put it up: its issuer what was handed in, the agency what it called in."""
    if review.cause == Cause.HANDED_IN:
        return may_hand_in(person, review.version)
    return may_oversee(person, review)


def versions_to_hand_in(person: Person) -> QuerySet[Version]:
    """The same rule as `may_hand_in`, as a filter on what is offered."""
    mine = organisations_where(person, *HANDS_IN)
    return catalog.offered().filter(micro_credential__issuer__in=mine)


def may_oversee(person: Person, review: Review) -> bool:
    """Officers of the agency that reviews."""
    return holds(person, Role.STATE_OFFICER, organisation_id=review.agency_id)


def may_see(person: Person, review: Review) -> bool:
    """Whose design it is, and the officers of the agency. A reviewer sees a reading and no review."""
    return may_oversee(person, review) or may_hand_in(person, review.version)


def reviews_visible_to(person: Person) -> QuerySet[Review]:
    """The same rule as `may_see`, as a filter."""
    if not person.is_authenticated:
        return Review.objects.none()
    overseen = Q(agency__in=places_where(person, Role.STATE_OFFICER))
    own = Q(version__micro_credential__issuer__in=places_where(person, *HANDS_IN))
    return Review.objects.filter(overseen | own)
