"""Reads of labs, for those who write policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.quality.monitoring.ruling import rules_in_force
from longleaf.recognition.editor import access
from longleaf.recognition.editor.reading import read
from longleaf.recognition.lab.errors import NoSuchLab
from longleaf.recognition.lab.sums import Sums
from longleaf.recognition.lab.telling import Told, told
from longleaf.recognition.models import PolicyLab
from longleaf.recognition.policies import digest_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Person
    from longleaf.recognition.models import PolicyDraft


def labs_of(draft: PolicyDraft) -> QuerySet[PolicyLab]:
    """What was asked for of a draft, the latest first; without the numbers."""
    return draft.labs.select_related("asked_by", "before").defer("found", "proposed").order_by("-asked_at", "-pk")


def lab_for(viewer: Person, ref: str) -> PolicyLab:
    """Raises `NoSuchLab`."""
    rows = PolicyLab.objects.select_related("draft__state", "before", "asked_by")
    found = rows.filter(draft__in=access.drafts_seen_by(viewer), ref=ref).first()
    if found is None:
        raise NoSuchLab
    return found


def finished_lab_of(draft: PolicyDraft) -> PolicyLab | None:
    """The latest finished lab of a draft as its text stands now, or None."""
    document = read(draft.text).document
    if document is None:
        return None
    rows = draft.labs.filter(finished_at__isnull=False, digest=digest_of(document))
    return rows.select_related("before", "draft__state").order_by("-asked_at", "-pk").first()


def told_of(lab: PolicyLab) -> Told:
    """The numbers of a lab as they may be told under the state's rule for small ones."""
    return told(Sums.of(lab.found), smallest=rules_in_force().smallest_told)
