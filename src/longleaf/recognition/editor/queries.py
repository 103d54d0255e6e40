"""Reads of drafts, of what is in force and will be, and of every text there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.recognition import policies
from longleaf.recognition.editor import access
from longleaf.recognition.editor.errors import NoSuchPolicyDraft, NoSuchPolicyText
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.models import PolicyDraft, PolicyPublication, PolicyText

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Person, State


@dataclass(frozen=True)
class Stay:
    """A text in the history: since when and until when it was, is or will be in force, and who decided it.

    `since` is None for a text of a pack that never ruled, because officers' own text was in force by then.
    """

    text: PolicyText
    publication: PolicyPublication | None
    since: date | None
    until: date | None
    now: bool = False

    @property
    def from_pack(self) -> bool:
        return self.publication is None

    @property
    def is_withdrawn(self) -> bool:
        return self.publication is not None and self.publication.withdrawn_at is not None

    @property
    def is_to_come(self) -> bool:
        return not self.is_withdrawn and self.since is not None and self.since > timezone.localdate()


def text_now(state: State, on: date | None = None) -> PolicyText | None:
    """The text of the renewal policy that is in force on a day (today)."""
    found = policies.text_in_force(state.pk, policies.RENEWAL, on or timezone.localdate())
    return PolicyText.objects.get(pk=found[0]) if found else None


def history(state: State) -> list[Stay]:
    """Every text of the renewal policy, the newest first; two queries.

    What a pack gave is told by the day on which it was given last.
    """
    today = timezone.localdate()
    rows = PolicyPublication.objects.filter(state=state, code=policies.RENEWAL).select_related(
        "text", "draft", "published_by", "approved_by", "withdrawn_by"
    )
    published = list(rows.order_by("-in_force_from", "-pk"))
    standing = [each for each in published if each.withdrawn_at is None]
    first = min((each.in_force_from for each in standing), default=None)
    found = [_published(each, standing, today) for each in published]
    return found + list(_from_pack(state, first, today))


def _published(each: PolicyPublication, standing: Sequence[PolicyPublication], today: date) -> Stay:
    if each.withdrawn_at is not None:
        return Stay(each.text, each, each.in_force_from, None)
    later = [other.in_force_from for other in standing if other.in_force_from > each.in_force_from]
    until = min(later, default=None)
    now = each.in_force_from <= today and (until is None or today < until)
    return Stay(each.text, each, each.in_force_from, until, now)


def _from_pack(state: State, first: date | None, today: date) -> Sequence[Stay]:
    loaded = PolicyText.objects.filter(state=state, code=policies.RENEWAL, loaded_at__isnull=False)
    found, until = list[Stay](), first
    for text in loaded.order_by("-loaded_at", "-pk"):
        since = timezone.localdate(text.loaded_at)
        ruled = first is None or since <= first
        now = ruled and not any(stay.now for stay in found) and (first is None or today < first)
        found.append(Stay(text, None, since if ruled else None, until if ruled else None, now))
        until = since if ruled else until
    return found


def draft_for(viewer: Person, ref: str) -> PolicyDraft:
    """The draft with a reference, for somebody who writes policy. Raises `NoSuchPolicyDraft`."""
    rows = access.drafts_seen_by(viewer).select_related("state", "base", "written_by", "begun_by", "proposed_by")
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NoSuchPolicyDraft
    return found


def drafts_for(viewer: Person) -> QuerySet[PolicyDraft]:
    """Drafts that are still open, what was written last first; without their texts."""
    opened = access.drafts_seen_by(viewer).filter(status__in=[DraftStatus.WRITING, DraftStatus.PROPOSED])
    return opened.select_related("written_by").defer("text").order_by("-written_at", "-pk")


def text_numbered(state: State, number: int) -> PolicyText:
    """A text of the renewal policy by its key. Raises `NoSuchPolicyText`."""
    found = PolicyText.objects.filter(state=state, code=policies.RENEWAL, pk=number).first()
    if found is None:
        raise NoSuchPolicyText
    return found


def publication_numbered(state: State, number: int) -> PolicyPublication:
    """A publication by its key. Raises `NoSuchPolicyText`."""
    rows = PolicyPublication.objects.select_related("text", "draft")
    found = rows.filter(state=state, code=policies.RENEWAL, pk=number).first()
    if found is None:
        raise NoSuchPolicyText
    return found
