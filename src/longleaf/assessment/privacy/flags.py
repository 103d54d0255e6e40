"""Likenesses as a lead assessor looks at them: who may, the two places side by side, and what the lead found.

A lead assessor sees a flag who leads for its issuer, earned neither of the two, helped with neither and read neither,
so that no reading is coloured. What is found stands beside the flag and changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.assessment.desk.queries import Exhibit, exhibit_of, shown_pieces
from longleaf.assessment.errors import FindingMissing, NoSuchFlag
from longleaf.assessment.events import Event
from longleaf.assessment.models import CopyFlag, Submission
from longleaf.assessment.nearness import attempts_near
from longleaf.assessment.status import FlagFinding, LikenessKind
from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.journal.recording import record
from longleaf.panels.blindness import BLIND_LEAD

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_NOTE = 1000
WITH_BOTH = ("submission__attempt__version", "other__attempt__version")


@dataclass(frozen=True)
class Side:
    """One of the two places: its submission ID, what was asked for, and the text or file, under neutral names."""

    submission: Submission
    place: str
    title: str
    asked: str
    text: str
    exhibit: Exhibit | None


def may_look_at(person: Person, flag: CopyFlag) -> bool:
    """Whether somebody may see a flag and say what they found."""
    return flags_for(person).filter(pk=flag.pk).exists()


def flags_for(person: Person) -> QuerySet[CopyFlag]:
    """The filter beside `may_look_at`."""
    led = places_where(person, Role.LEAD_ASSESSOR) if person.is_authenticated else []
    if not led:
        return CopyFlag.objects.none()
    own = Q(submission__attempt__earner=person) | Q(other__attempt__earner=person)
    read = Submission.objects.filter(panel__assignments__rater=person).values("pk")
    helped = attempts_near(person).values("pk")
    flags = CopyFlag.objects.filter(issuer__in=led).exclude(own)
    flags = flags.exclude(submission__attempt__in=helped).exclude(other__attempt__in=helped)
    return flags.exclude(submission__in=read).exclude(other__in=read)


def open_flags(person: Person) -> QuerySet[CopyFlag]:
    """What nobody has looked at yet, in an order that tells nothing of who came when."""
    return flags_for(person).filter(finding="").select_related("submission__attempt__version").order_by("ref")


def flags_looked_at(person: Person) -> QuerySet[CopyFlag]:
    """What was looked at, the latest first."""
    found = flags_for(person).exclude(finding="").select_related("submission__attempt__version", "found_by")
    return found.order_by("-found_at", "ref")


def flag_of(person: Person, ref: str) -> CopyFlag:
    """A flag that somebody may look at. Raises `NoSuchFlag` in every other case alike."""
    found = flags_for(person).select_related(*WITH_BOTH).filter(ref=ref).first()
    if found is None:
        raise NoSuchFlag
    return found


def sides_of(flag: CopyFlag) -> tuple[Side, Side]:
    """The two places, as those who judge may see them."""
    return _side(flag.submission, flag.place), _side(flag.other, flag.other_place)


def findings_for(flag: CopyFlag) -> list[FlagFinding]:
    """What may be found of a flag: of what one earner used twice something else than of what two people handed in."""
    if flag.kind == LikenessKind.USED_TWICE:
        return [FlagFinding.SERVES_BOTH, FlagFinding.LOOK_INTO]
    return [each for each in FlagFinding if each != FlagFinding.SERVES_BOTH]


@transaction.atomic
def look_at(*, flag: CopyFlag, finding: str, note: str, acting_person: Person) -> CopyFlag:
    """Keep what a lead assessor found of a likeness. It may be changed; each time is a line of the journal.

    Raises `NoSuchFlag` for anybody else, and `FindingMissing`.
    """
    found = CopyFlag.objects.select_for_update().get(pk=flag.pk)
    if not may_look_at(acting_person, found):
        raise NoSuchFlag
    note = note.replace("\x00", "").strip()
    _require_told(found, finding, note)
    if (found.finding, found.note) == (finding, note):
        return found
    found.finding, found.note = finding, note
    found.found_by, found.found_at = acting_person, timezone.now()
    found.save(update_fields=["finding", "note", "found_by", "found_at"])
    data = {"flag": found.ref, "finding": finding}
    record(Event.COPY_FOUND, actor=acting_person, subject=f"submission:{found.submission.ref}", data=data)
    return found


def _require_told(flag: CopyFlag, finding: str, note: str) -> None:
    if finding not in findings_for(flag):
        raise FindingMissing("Nothing was kept yet.", fields={"finding": "Choose what you found."})
    if finding == FlagFinding.LOOK_INTO and not note:
        sentence = "Say what is to be looked into, so that somebody else can go on from it."
        raise FindingMissing("Nothing was kept yet.", fields={"note": sentence})
    if len(note) > LONGEST_NOTE:
        sentence = f"Say it in at most {LONGEST_NOTE} characters; these are {len(note)}."
        raise FindingMissing("Nothing was kept yet.", fields={"note": sentence})


def _side(submission: Submission, place: str) -> Side:
    pieces = {each.requirement.code: each for each in shown_pieces(submission, BLIND_LEAD)}
    piece = pieces.get(place)
    if piece is not None:
        return Side(submission, place, piece.requirement.title, piece.requirement.prompt, piece.text, None)
    piece = pieces[place.rpartition("-")[0]]
    exhibit = next((each for each in piece.exhibits if each.code == place), None)
    return Side(submission, place, piece.requirement.title, piece.requirement.prompt, "", exhibit)


def file_of(flag: CopyFlag, side: str) -> Exhibit:
    """The file of one side, `this` or `other`. Raises `NoSuchSubmission` where it has none."""
    submission, place = (flag.other, flag.other_place) if side == "other" else (flag.submission, flag.place)
    return exhibit_of(submission, place, BLIND_LEAD)
