"""The verbs that put a design or an application up for review, and take it back before it is decided.

Putting up takes the journal's turn at once, because it locks no row that is there already. Taking back locks the
review, then what `panels` locks, and the journal last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.catalog.publishing import digest_of
from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.journal.recording import record, take_turn
from longleaf.kit.dates import end_of_day
from longleaf.kit.status import require_move
from longleaf.panels import convening, dissolving
from longleaf.panels import queries as panels
from longleaf.quality import instruments
from longleaf.quality.access import may_decide
from longleaf.quality.errors import MayNotDecide, MayNotHandIn, NothingToReviewBy, ReviewUnderWay
from longleaf.quality.events import Event
from longleaf.quality.models import DesignText, Review
from longleaf.quality.reviewing.access import PANEL_KIND, may_hand_in, may_take_back, may_write
from longleaf.quality.reviewing.subjects import OfApplication, OfDesign, Subject, people_behind, subject_under
from longleaf.quality.status import REVIEW_MOVES, UNDER_WAY, Cause, ReviewStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person
    from longleaf.quality.models import Application


@transaction.atomic
def hand_in(*, version: Version, note: str = "", acting_person: Person) -> Review:
    """Put a design up for review by the rubric of its state, and ask reviewers of the state's agency to read it.

    The review keeps the text as it is now. Nobody of the issuer is asked, nobody who wrote it or saw it while it was
    written, and nobody near to its authors or to whoever hands it in; whoever read an earlier design of the same
    micro-credential only where nobody else could be. Raises `MayNotHandIn`, `NothingToReviewBy`, and `ReviewUnderWay`
    where a review of this version is not over.
    """
    if not may_hand_in(acting_person, version):
        raise MayNotHandIn
    return _put_up(OfDesign(version), version.document, Cause.HANDED_IN, note, acting_person)


@transaction.atomic
def hand_in_application(
    *, application: Application, document: Mapping[str, Any], note: str = "", acting_person: Person
) -> Review:
    """Put an application up for review as it is told in `document`, by the criteria for which it was written.

    Nobody of the organisation, of a school of it, or near to whoever wrote it or hands it in is asked. For
    `quality.agencies.submitting`, which holds the application. Raises what `hand_in` raises.
    """
    if not may_write(acting_person, application):
        raise MayNotHandIn
    return _put_up(OfApplication(application), document, Cause.HANDED_IN, note, acting_person)


@transaction.atomic
def call_in(*, version: Version, cause: Cause, note: str = "", acting_person: Person) -> Review:
    """Put a design up for review without its issuer, for an audit or after a complaint; the rest is as in `hand_in`.

    Raises `MayNotDecide` for anybody but an officer of the agency, and what `hand_in` raises besides.
    """
    _require_officer(acting_person)
    return _put_up(OfDesign(version), version.document, cause, note, acting_person)


@transaction.atomic
def call_in_application(
    *, application: Application, document: Mapping[str, Any], cause: Cause, note: str = "", acting_person: Person
) -> Review:
    """The same for an application that was decided: its text, as it was read then, is read anew by the same criteria.

    The application stays decided, whatever comes of it.
    """
    _require_officer(acting_person)
    return _put_up(OfApplication(application), document, cause, note, acting_person)


def _require_officer(person: Person) -> None:
    agency = directory.agency()
    if agency is None or not may_decide(person, agency):
        raise MayNotDecide


def _put_up(subject: Subject, document: Mapping[str, Any], cause: Cause, note: str, acting_person: Person) -> Review:
    agency, instrument = directory.agency(), subject.instrument
    if agency is None or instrument is None:
        raise NothingToReviewBy
    # Two at the same moment wait for each other here, and the second finds what the first did.
    take_turn()
    _require_none_under_way(subject)
    terms = instruments.terms_of(instrument.document)
    review = Review.objects.create(
        **subject.link,
        design=_keep(document),
        agency=agency,
        instrument=instrument,
        cause=cause,
        note=note.strip(),
        handed_in_by=acting_person,
        due_at=end_of_day(timezone.now() + timedelta(days=terms.reading_days)),
    )
    data = {**subject.told(), "design": review.design_id, "cause": cause.value}
    record(Event.REVIEW_HANDED_IN, actor=acting_person, subject=subject_of(review), data=data)
    _convene(review, acting_person)
    return review


@transaction.atomic
def take_back(*, review: Review, acting_person: Person) -> Review:
    """Take a design or an application back before it is decided. Readings under way end with it.

    Raises `MayNotHandIn`, and `WrongState` where it is decided or taken back already.
    """
    held = lock(review)
    if not may_take_back(acting_person, held):
        raise MayNotHandIn
    move(held, ReviewStatus.TAKEN_BACK)
    subject_under(held).follow(ReviewStatus.TAKEN_BACK)
    if held.panel:
        dissolving.dissolve(panel=held.panel, acting_person=acting_person)
    record(Event.REVIEW_TAKEN_BACK, actor=acting_person, subject=subject_of(held))
    return held


def lock(review: Review) -> Review:
    """The review, locked until the transaction ends. Whoever also locks its panel locks the review first."""
    related = (
        *("version__micro_credential__issuer", "application__organisation", "application__instrument"),
        *("panel__rubric", "instrument", "agency"),
    )
    return Review.objects.select_for_update(of=("self",)).select_related(*related).get(pk=review.pk)


def move(review: Review, new: ReviewStatus) -> None:
    """The one door to a review's status. Raises `WrongState` for a move that the table does not allow."""
    require_move(REVIEW_MOVES, ReviewStatus(review.status), new, what=f"The review {review.ref}")
    review.status = new
    review.save(update_fields=["status"])


def subject_of(review: Review) -> str:
    """How the journal names a review."""
    return f"review:{review.ref}"


def _require_none_under_way(subject: Subject) -> None:
    under_way = Review.objects.filter(**subject.link, status__in=UNDER_WAY).first()
    if under_way is not None:
        raise ReviewUnderWay(f"{subject} is in review already, as {under_way.ref}. Wait for its decision.")


def _keep(document: Mapping[str, Any]) -> DesignText:
    """The text by its digest, whatever becomes of what it is the text of."""
    kept, _ = DesignText.objects.get_or_create(digest=digest_of(document), defaults={"document": dict(document)})
    return kept


def _convene(review: Review, acting_person: Person) -> None:
    document, subject = review.instrument.document, subject_under(review)
    review.panel = convening.convene(
        kind=PANEL_KIND,
        subject=review.ref,
        pool=review.agency,
        reader_role=Role.REVIEWER,
        rubric=instruments.rubric_of(document),
        rule=instruments.rule_of(document),
        barred_organisations=_kept_outside(subject.owner, review.agency),
        work_of=people_behind(subject),
        barred_people={acting_person, *subject.advisers},
        read_before=panels.readers_of(_earlier_panels(review, subject)),
        language=subject.language,
        due_at=review.due_at,
        acting_person=acting_person,
    )
    review.save(update_fields=["panel"])


def _kept_outside(owner: Organisation, agency: Organisation) -> list[Organisation]:
    """Nobody judges what their own house hands in; where that is the agency itself, nobody would be left to read."""
    return [owner] if owner.pk != agency.pk else []


def _earlier_panels(review: Review, subject: Subject) -> list[int]:
    same = Review.objects.filter(subject.earlier).exclude(pk=review.pk)
    return list(same.filter(panel__isnull=False).values_list("panel", flat=True))
