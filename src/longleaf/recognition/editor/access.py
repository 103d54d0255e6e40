"""Who may write a policy and read its drafts: officers of the state's agency, a yes/no and a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from longleaf.recognition import access
from longleaf.recognition.editor.errors import NotYoursToWrite
from longleaf.recognition.models import PolicyDraft

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Person


def may_write(viewer: Person) -> bool:
    return access.is_state_officer(viewer)


def drafts_seen_by(viewer: Person) -> QuerySet[PolicyDraft]:
    """Every draft of this installation's state, for those who write; none for anybody else."""
    drafts = PolicyDraft.objects.filter(state=settings.STATE)
    return drafts if may_write(viewer) else drafts.none()


def may_approve(viewer: Person, draft: PolicyDraft) -> bool:
    """A second officer: somebody who writes policy and did not propose this one."""
    return may_write(viewer) and draft.proposed_by_id != viewer.pk


def require_writer(viewer: Person) -> None:
    """Raises `NotYoursToWrite`."""
    if not may_write(viewer):
        raise NotYoursToWrite("The state's policy is written by the officers of its agency.")
