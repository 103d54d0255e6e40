"""Who may hand in for review, see a review, and decide on it: a yes/no and a filter, side by side.

Who reads is for `panels.access` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.catalog import queries as catalog
from longleaf.directory.queries import holds, organisations_where, places_where
from longleaf.directory.status import Role
from longleaf.panels.status import SEATED
from longleaf.quality.models import Application, Review
from longleaf.quality.reviewing.subjects import APPLIES, HANDS_IN
from longleaf.quality.status import UNDER_WAY, Cause

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

# What panels of quality are called; `assessment` convenes others.
PANEL_KIND = "quality"


def may_hand_in(person: Person, version: Version) -> bool:
    """Designers and officers of the organisation whose design it is."""
    issuer = version.micro_credential.issuer_id
    return any(holds(person, role, organisation_id=issuer) for role in HANDS_IN)


def may_write(person: Person, application: Application) -> bool:
    """Officers of the organisation that applies: for it they write, hand in and take back."""
    return any(holds(person, role, organisation_id=application.organisation_id) for role in APPLIES)


def may_speak_for(person: Person, review: Review) -> bool:
    """Whoever may hand in what is reviewed."""
    return may_hand_in(person, review.version) if review.version else may_write(person, _application_of(review))


def may_take_back(person: Person, review: Review) -> bool:
    """Whoever may put it up: its owner what was handed in, the agency what it called in."""
    return may_speak_for(person, review) if review.cause == Cause.HANDED_IN else may_oversee(person, review)


def versions_to_hand_in(person: Person) -> QuerySet[Version]:
    """The same rule as `may_hand_in`, as a filter on what is offered."""
    mine = organisations_where(person, *HANDS_IN)
    return catalog.offered().filter(micro_credential__issuer__in=mine)


def may_oversee(person: Person, review: Review) -> bool:
    """Officers of the agency that reviews."""
    return holds(person, Role.STATE_OFFICER, organisation_id=review.agency_id)


def reads_it(person: Person, review: Review) -> bool:
    """Whether somebody is asked to read it, so that until the end they must not learn whose it is."""
    return asked_to_read(person).filter(pk=review.pk).exists()


def asked_to_read(person: Person) -> QuerySet[Review]:
    """The same as a filter: what is under way and was offered to somebody who did not give it back."""
    seat = {"panel__assignments__rater": person, "panel__assignments__status__in": SEATED}
    return Review.objects.filter(**seat, status__in=UNDER_WAY)


def reads_applications(person: Person) -> bool:
    """Whether somebody is asked to read any application: then nothing may tell them which are under way."""
    return asked_to_read(person).filter(application__isnull=False).exists()


def reads_designs(person: Person) -> bool:
    """The same of designs."""
    return asked_to_read(person).filter(version__isnull=False).exists()


def may_see(person: Person, review: Review) -> bool:
    """Whose design or application it is, and the officers of the agency. A reviewer sees a reading and no review, an
    officer who is asked to read it as well."""
    return (may_oversee(person, review) and not reads_it(person, review)) or may_speak_for(person, review)


def reviews_visible_to(person: Person) -> QuerySet[Review]:
    """The same rule as `may_see`, as a filter."""
    if not person.is_authenticated:
        return Review.objects.none()
    overseen = Q(agency__in=places_where(person, Role.STATE_OFFICER))
    # Looked up apart: an officer reads few, and whatever else is theirs to see stays one plain condition.
    read = list(asked_to_read(person).values_list("pk", flat=True))
    return Review.objects.filter((overseen & ~Q(pk__in=read)) | _spoken_for(person))


def reviews_spoken_for(person: Person) -> QuerySet[Review]:
    """The same rule as `may_speak_for`, as a filter."""
    return Review.objects.filter(_spoken_for(person)) if person.is_authenticated else Review.objects.none()


def _spoken_for(person: Person) -> Q:
    own = Q(version__micro_credential__issuer__in=places_where(person, *HANDS_IN))
    return own | Q(application__organisation__in=places_where(person, *APPLIES))


def applications_written_by(person: Person) -> QuerySet[Application]:
    """The same rule as `may_write`, as a filter."""
    if not person.is_authenticated:
        return Application.objects.none()
    return Application.objects.filter(organisation__in=places_where(person, *APPLIES))


def _application_of(review: Review) -> Application:
    assert review.application is not None, "the database keeps that there is exactly one subject"
    return review.application
