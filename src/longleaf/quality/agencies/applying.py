"""The verbs on an application while it is written: begin it, save what was typed, give it up.

A keystroke is no decision and leaves no journal line. Locks: the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.catalog.errors import FieldTooLong, StaleField
from longleaf.journal.recording import record, take_turn
from longleaf.kit.words import plain_line_ends
from longleaf.quality import queries
from longleaf.quality.agencies.criteria import criteria_of
from longleaf.quality.agencies.queries import opens_on
from longleaf.quality.errors import (
    ApplicationNotDraft,
    ApplicationUnderWay,
    MayNotApply,
    NoSuchApplication,
    NoSuchComponent,
    NothingToReviewBy,
    TooEarlyToRenew,
)
from longleaf.quality.events import Event
from longleaf.quality.models import Application, Document, Showing
from longleaf.quality.reviewing.access import may_write
from longleaf.quality.reviewing.subjects import may_apply_for, move_application
from longleaf.quality.status import APPLIED_FOR, OPEN_APPLICATIONS, ApplicationStatus, Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

LONGEST_FIELD = 10_000  # characters
LONGEST_PAGE = 20
FIELDS = ("text", "links")


@transaction.atomic
def begin(*, organisation: Organisation, judged_as: Judges, acting_person: Person) -> Application:
    """Begin an application of an organisation by the criteria that its state has now.

    It carries on what the latest decided application of the same kind showed for criteria that are still asked, each
    marked as unchanged until it is changed. Raises `MayNotApply`, `NothingToReviewBy`, `ApplicationUnderWay`, and
    `TooEarlyToRenew` while an approval holds for long.
    """
    instrument = queries.instrument_in_use(organisation.state, judged_as)
    if instrument is None:
        raise NothingToReviewBy
    application = Application(
        organisation=organisation, instrument=instrument, judged_as=judged_as, begun_by=acting_person
    )
    if not may_write(acting_person, application) or not may_apply_for(organisation, instrument):
        raise MayNotApply("Officers of an organisation that these criteria are for begin its application.")
    # Two at the same moment wait for each other here, and the second finds what the first began.
    take_turn()
    _require_none_open(application)
    _require_near_its_end(application)
    application.renews = _latest_decided(application)
    application.scope = application.renews.scope if application.renews else ""
    application.pathways = application.renews.pathways if application.renews else []
    application.save(force_insert=True)
    if application.renews:
        _carry_on(application.renews, application)
    data = {
        "organisation": organisation.code,
        "judged_as": judged_as.value,
        "instrument": str(instrument),
        "renews": application.renews.ref if application.renews else None,
    }
    record(Event.APPLICATION_BEGUN, actor=acting_person, subject=subject_of(application), data=data)
    return application


@transaction.atomic
def save_showing(
    *,
    application: Application,
    criterion: str,
    field: str,
    text: str,
    revision: int,
    acting_person: Person,
    page: str = "",
    is_last_word: bool = False,
) -> Showing:
    """Keep what is shown for a criterion: `field` is `text`, or `links` with an address a line.

    `revision` is the save on which it was changed; `page` names the page, whose own form has the last word over what it
    saved itself. The same again changes nothing. Raises `StaleField` with what is kept, `FieldTooLong`,
    `NoSuchComponent`, `NoSuchApplication` and `ApplicationNotDraft`.
    """
    held = hold(application, acting_person=acting_person)
    showing = showing_of(held, criterion)
    kept, saved = getattr(showing, field), getattr(showing, f"{field}_revision")
    text = _checked(text, f"{field}-{criterion}")
    if text == kept:
        return showing
    if revision != saved and not (is_last_word and page and page == showing.saved_from):
        raise StaleField(revision=saved, theirs=kept)
    setattr(showing, field, text)
    setattr(showing, f"{field}_revision", saved + 1)
    showing.carried, showing.saved_from = False, page[:LONGEST_PAGE]
    showing.save()
    return showing


@transaction.atomic
def save_scope(*, application: Application, text: str, revision: int, acting_person: Person) -> Application:
    """Keep what it asks to be approved for. Raises what `save_showing` raises."""
    held = hold(application, acting_person=acting_person)
    text = _checked(text, "scope")
    if text == held.scope:
        return held
    if revision != held.scope_revision:
        raise StaleField(revision=held.scope_revision, theirs=held.scope)
    held.scope, held.scope_revision = text, revision + 1
    held.save(update_fields=["scope", "scope_revision"])
    return held


@transaction.atomic
def give_up(*, application: Application, acting_person: Person) -> Application:
    """Set a draft aside for good, so that another one may be begun. Raises what `hold` raises."""
    held = hold(application, acting_person=acting_person)
    move_application(held, ApplicationStatus.GIVEN_UP)
    record(Event.APPLICATION_GIVEN_UP, actor=acting_person, subject=subject_of(held))
    return held


def hold(application: Application, *, acting_person: Person) -> Application:
    """A draft, locked until the transaction ends. Raises `NoSuchApplication` for anybody who may not write it, and
    `ApplicationNotDraft`."""
    related = ("organisation__state", "instrument", "renews")
    held = Application.objects.select_for_update(of=("self",)).select_related(*related).get(pk=application.pk)
    if not may_write(acting_person, held):
        raise NoSuchApplication
    if held.status != ApplicationStatus.DRAFT:
        raise ApplicationNotDraft
    return held


def showing_of(application: Application, criterion: str) -> Showing:
    """What an application shows for a criterion, empty at first. Raises `NoSuchComponent`."""
    if criterion not in criteria_of(application.instrument.document):
        raise NoSuchComponent(f"These criteria have no {criterion}. Reload the page.")
    showing, _ = Showing.objects.get_or_create(application=application, criterion=criterion)
    return showing


def subject_of(application: Application) -> str:
    """How the journal names an application."""
    return f"application:{application.ref}"


def _checked(text: str, name: str) -> str:
    if len(text) > LONGEST_FIELD:
        sentence = (
            f"Shorten it to at most {LONGEST_FIELD:,} characters, or bring it as a document; it has {len(text):,}."
        )
        raise FieldTooLong(sentence, fields={name: sentence})
    return plain_line_ends(text)


def _require_none_open(application: Application) -> None:
    same = Application.objects.filter(organisation=application.organisation, judged_as=application.judged_as)
    under_way = same.filter(status__in=OPEN_APPLICATIONS).first()
    if under_way is not None:
        what = APPLIED_FOR[application.judged_as].lower()
        sentence = f"{application.organisation} has one under way: {what}, {under_way.ref}. Go on with it."
        raise ApplicationUnderWay(sentence)


def _require_near_its_end(application: Application) -> None:
    first_day = opens_on(application)
    if first_day:
        sentence = f"The approval of {application.organisation} holds. Begin its renewal from {first_day} on."
        raise TooEarlyToRenew(sentence)


def _latest_decided(application: Application) -> Application | None:
    same = Application.objects.filter(organisation=application.organisation, judged_as=application.judged_as)
    return same.filter(status=ApplicationStatus.DECIDED).order_by("-submitted_at", "-pk").first()


def _carry_on(former: Application, application: Application) -> None:
    """Copy what was shown for criteria that are still asked. Documents share their bytes, which are never changed."""
    asked = criteria_of(application.instrument.document)
    for each in former.showings.prefetch_related("documents"):
        if each.criterion not in asked:
            continue
        showing = Showing.objects.create(
            application=application, criterion=each.criterion, text=each.text, links=each.links, carried=True
        )
        Document.objects.bulk_create(
            Document(
                showing=showing,
                name=document.name,
                media_type=document.media_type,
                size=document.size,
                sha256=document.sha256,
                stored_as=document.stored_as,
                added_by_id=document.added_by_id,
            )
            for document in each.documents.all()
            if document.removed_at is None
        )
