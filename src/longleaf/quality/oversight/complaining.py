"""The verbs on complaints: make one, answer it. Locks: the complaint, then the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.kit.words import plain_line_ends
from longleaf.quality.errors import ComplainedThemselves, NoSuchComplaint, NothingToReviewBy, UnusableComplaint
from longleaf.quality.events import Event
from longleaf.quality.models import Complaint
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.status import COMPLAINT_MOVES, ComplaintStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

LONGEST = 10_000  # characters


@transaction.atomic
def complain(*, subject: Version | AsWhat, text: str, acting_person: Person) -> Complaint:
    """Tell the agency of the state what is wrong with a micro-credential, or with an organisation as what it was
    approved. Anybody who is enrolled may.

    The journal names what it is about and not who complained. Raises `UnusableComplaint` for nothing said or too
    much, and `NothingToReviewBy` where the state names no agency.
    """
    agency = directory.agency()
    if agency is None:
        raise NothingToReviewBy
    said = _tidy(text, "text", "Say what is wrong, and where it shows.")
    facts: dict[str, Any] = {"agency": agency, "made_by": acting_person, "text": said}
    if isinstance(subject, AsWhat):
        facts |= {"organisation": subject.organisation, "judged_as": subject.judged_as}
        data: dict[str, str | int] = {"organisation": subject.organisation.code, "judged_as": subject.judged_as.value}
    else:
        facts["version"] = subject
        data = {"micro_credential": subject.micro_credential.slug, "version": subject.number}
    complaint = Complaint.objects.create(**facts)
    record(Event.COMPLAINT_MADE, actor=None, subject=subject_of(complaint), data=data)
    return complaint


@transaction.atomic
def answer(*, complaint: Complaint, upheld: bool, text: str, acting_person: Person) -> Complaint:
    """Answer a complaint: upheld or not, and why. What follows from it for the recognition is a decision of its own.

    Raises `NoSuchComplaint` for whoever does not oversee it, `ComplainedThemselves`, `UnusableComplaint`, and
    `WrongState` once it is answered.
    """
    held = Complaint.objects.select_for_update(of=("self",)).select_related("agency").get(pk=complaint.pk)
    if not may_oversee(acting_person, held.agency):
        raise NoSuchComplaint
    if held.made_by_id == acting_person.pk:
        raise ComplainedThemselves
    new = ComplaintStatus.UPHELD if upheld else ComplaintStatus.NOT_UPHELD
    require_move(COMPLAINT_MOVES, ComplaintStatus(held.status), new, what=f"The complaint {held.ref}")
    held.answer = _tidy(text, "answer", "Say what you found, and why it is upheld or not.")
    held.status, held.answered_at = new, timezone.now()
    held.save(update_fields=["status", "answer", "answered_at"])
    record(Event.COMPLAINT_ANSWERED, actor=acting_person, subject=subject_of(held), data={"upheld": upheld})
    return held


def subject_of(complaint: Complaint) -> str:
    """How the journal names a complaint."""
    return f"complaint:{complaint.ref}"


def _tidy(text: str, field: str, missing: str) -> str:
    tidy = plain_line_ends(text.strip())
    if not tidy:
        raise UnusableComplaint(missing, fields={field: missing})
    if len(tidy) > LONGEST:
        sentence = f"This is longer than {LONGEST:,} characters. Shorten it to what matters."
        raise UnusableComplaint(sentence, fields={field: sentence})
    return tidy
