"""The verbs that put a design up for review, by its issuer or by the agency, and take it back before it is decided.

Putting up takes the journal's turn at once, because it locks no row that is there already. Taking back locks the
review, then what `panels` locks, and the journal last.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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
from longleaf.quality import instruments, queries
from longleaf.quality.access import may_decide
from longleaf.quality.errors import MayNotDecide, MayNotHandIn, NothingToReviewBy, ReviewUnderWay
from longleaf.quality.events import Event
from longleaf.quality.models import DesignText, Review
from longleaf.quality.reviewing.access import PANEL_KIND, may_hand_in, may_take_back
from longleaf.quality.status import REVIEW_MOVES, UNDER_WAY, Cause, ReviewStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def hand_in(*, version: Version, note: str = "", acting_person: Person) -> Review:
    """Put a design up for review by the rubric of its state, and ask reviewers of the state's agency to read it.

    The review keeps the text as it is now. Nobody of the issuer and nobody near to whoever hands it in is asked, and
    whoever read an earlier design of the same micro-credential only where nobody else could be. Raises `MayNotHandIn`,
    `NothingToReviewBy`, and `ReviewUnderWay` where a review of this version is not over.
    """
    if not may_hand_in(acting_person, version):
        raise MayNotHandIn
    return _put_up(version, Cause.HANDED_IN, note, acting_person)


@transaction.atomic
def call_in(*, version: Version, cause: Cause, note: str = "", acting_person: Person) -> Review:
    """Put a design up for review without its issuer, for an audit or after a complaint; the rest is as in `hand_in`.

    Raises `MayNotDecide` for anybody but an officer of the agency, and what `hand_in` raises besides.
    """
    agency = directory.agency()
    if agency is None or not may_decide(acting_person, agency):
        raise MayNotDecide
    return _put_up(version, cause, note, acting_person)


def _put_up(version: Version, cause: Cause, note: str, acting_person: Person) -> Review:
    agency, instrument = directory.agency(), queries.design_rubric(version.micro_credential.state)
    if agency is None or instrument is None:
        raise NothingToReviewBy
    # Two at the same moment wait for each other here, and the second finds what the first did.
    take_turn()
    _require_none_under_way(version)
    terms = instruments.terms_of(instrument.document)
    review = Review.objects.create(
        version=version,
        design=_keep(version),
        agency=agency,
        instrument=instrument,
        cause=cause,
        note=note.strip(),
        handed_in_by=acting_person,
        due_at=end_of_day(timezone.now() + timedelta(days=terms.reading_days)),
    )
    data = {
        "micro_credential": version.micro_credential.slug,
        "version": version.number,
        "design": review.design_id,
        "cause": cause.value,
    }
    record(Event.REVIEW_HANDED_IN, actor=acting_person, subject=subject_of(review), data=data)
    _convene(review, acting_person)
    return review


@transaction.atomic
def take_back(*, review: Review, acting_person: Person) -> Review:
    """Take a design back before it is decided. Readings under way end with it.

    Raises `MayNotHandIn`, and `WrongState` where it is decided or taken back already.
    """
    held = lock(review)
    if not may_take_back(acting_person, held):
        raise MayNotHandIn
    move(held, ReviewStatus.TAKEN_BACK)
    if held.panel:
        dissolving.dissolve(panel=held.panel, acting_person=acting_person)
    record(Event.REVIEW_TAKEN_BACK, actor=acting_person, subject=subject_of(held))
    return held


def lock(review: Review) -> Review:
    """The review, locked until the transaction ends. Whoever also locks its panel locks the review first."""
    related = ("version__micro_credential", "panel__rubric", "instrument", "agency")
    return Review.objects.select_for_update(of=("self",)).select_related(*related).get(pk=review.pk)


def move(review: Review, new: ReviewStatus) -> None:
    """The one door to a review's status. Raises `WrongState` for a move that the table does not allow."""
    require_move(REVIEW_MOVES, ReviewStatus(review.status), new, what=f"The review {review.ref}")
    review.status = new
    review.save(update_fields=["status"])


def subject_of(review: Review) -> str:
    """How the journal names a review."""
    return f"review:{review.ref}"


def _require_none_under_way(version: Version) -> None:
    under_way = Review.objects.filter(version=version, status__in=UNDER_WAY).first()
    if under_way is not None:
        raise ReviewUnderWay(f"{version} is in review already, as {under_way.ref}. Wait for its decision.")


def _keep(version: Version) -> DesignText:
    """The text of the design by its digest, whether it is published or still a draft."""
    kept, _ = DesignText.objects.get_or_create(
        digest=digest_of(version.document), defaults={"document": version.document}
    )
    return kept


def _convene(review: Review, acting_person: Person) -> None:
    document, issuer = review.instrument.document, review.version.micro_credential.issuer
    review.panel = convening.convene(
        kind=PANEL_KIND,
        subject=review.ref,
        pool=review.agency,
        reader_role=Role.REVIEWER,
        rubric=instruments.rubric_of(document),
        rule=instruments.rule_of(document),
        barred_organisations=_kept_outside(issuer, review.agency),
        work_of=[acting_person] if review.cause == Cause.HANDED_IN else [],
        barred_people=[acting_person],
        read_before=panels.readers_of(_earlier_panels(review)),
        language=review.design.document.get("language", ""),
        due_at=review.due_at,
        acting_person=acting_person,
    )
    review.save(update_fields=["panel"])


def _kept_outside(issuer: Organisation, agency: Organisation) -> list[Organisation]:
    """Nobody judges a design of their own house; where that is the agency itself, nobody would be left to read."""
    return [issuer] if issuer.pk != agency.pk else []


def _earlier_panels(review: Review) -> list[int]:
    same = Review.objects.filter(version__micro_credential=review.version.micro_credential_id).exclude(pk=review.pk)
    return list(same.filter(panel__isnull=False).values_list("panel", flat=True))
