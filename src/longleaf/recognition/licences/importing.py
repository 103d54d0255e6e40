"""The verbs on files of licences: hand one in (the dry run), record it, discard it; and a whole state's at once.

Each line is one verb of its own, so that one that fails meanwhile is told and stops no other. What is on record
changes nothing, so the same file twice, or a file that was broken off, enters each licence once. Locks: the file, then
the turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.kit.errors import Refusal
from longleaf.kit.status import require_move
from longleaf.recognition import access, recording
from longleaf.recognition.errors import NoSuchLicenceFile, NotYourUnit
from longleaf.recognition.events import Event
from longleaf.recognition.licences.checking import FATES, PROBLEM, TO_ENTER, Fate, fates_of
from longleaf.recognition.licences.facts import LicenceFacts
from longleaf.recognition.licences.reading import Line
from longleaf.recognition.models import LicenceFile
from longleaf.recognition.status import LIST_MOVES, ListStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

DONE = "recorded"
# So many lines of a state's file are one transaction: what is done stays done when the command is broken off.
AT_ONCE = 500


@transaction.atomic
def hand_in(*, office: Organisation, lines: Sequence[Line], name: str, acting_person: Person) -> LicenceFile:
    """Keep a file with the fate of each line. Nothing is entered yet. Raises `NotYourUnit`."""
    if not access.may_hand_in_licences(acting_person, office):
        raise NotYourUnit("Only an officer of the school unit or of the state's agency hands in licenses for it.")
    fates = fates_of(lines, office=office, officer=acting_person)
    rows = [_row(each) for each in fates]
    return LicenceFile.objects.create(office=office, handed_in_by=acting_person, name=name[:254], rows=rows)


@transaction.atomic
def record_file(*, file: LicenceFile, acting_person: Person) -> LicenceFile:
    """Enter every licence that nothing stands in the way of; what each line means is looked up anew. Once for a file.

    Raises `NoSuchLicenceFile`, and `WrongState` for a file that was recorded or discarded.
    """
    held = _held(file, acting_person)
    require_move(LIST_MOVES, ListStatus(held.status), ListStatus.RECORDED, what=f"The file {held.ref}")
    lines = [Line(row["line"], row["named"], row["cells"]) for row in held.rows]
    fates = fates_of(lines, office=held.office, officer=acting_person)
    held.rows = [_row(_entered(each, acting_person)) for each in fates]
    held.status, held.recorded_at = ListStatus.RECORDED, timezone.now()
    held.save(update_fields=["rows", "status", "recorded_at"])
    data = {"office": held.office.code, **counts_of(held)}
    record(Event.LICENCES_IMPORTED, actor=acting_person, subject=f"licence-file:{held.ref}", data=data)
    return held


@transaction.atomic
def discard(*, file: LicenceFile, acting_person: Person) -> LicenceFile:
    """Put a checked file away; its names are forgotten. Raises as `record_file`."""
    held = _held(file, acting_person)
    require_move(LIST_MOVES, ListStatus(held.status), ListStatus.DISCARDED, what=f"The file {held.ref}")
    held.status, held.rows = ListStatus.DISCARDED, []
    held.save(update_fields=["status", "rows"])
    return held


def import_state(lines: Iterable[Line], *, is_dry_run: bool) -> Iterator[Fate]:
    """Enter the licences of a whole state as the system itself, or only say what would become of each line.

    What is done before an error, or before it is broken off, stays done; the same file again goes on from there.
    """
    left = iter(lines)
    while some := list(islice(left, AT_ONCE)):
        with transaction.atomic():
            fates = fates_of(some, office=None, officer=None)
            told = fates if is_dry_run else [_entered(each, None) for each in fates]
        yield from told


def counts_of(file: LicenceFile) -> dict[str, int]:
    """How many lines of a file came to what."""
    counts = dict.fromkeys((*FATES, DONE), 0)
    for row in file.rows:
        counts[row["outcome"]] += 1
    return counts


def _entered(fate: Fate, officer: Person | None) -> Fate:
    if fate.outcome not in TO_ENTER or fate.person is None or fate.facts is None:
        return fate
    try:
        with transaction.atomic():
            _enter(fate.person, fate.facts, officer)
    except Refusal as refusal:
        sentence = " ".join([refusal.sentence, *getattr(refusal, "fields", {}).values()])
        return Fate(fate.line, PROBLEM, sentence, fate.person, fate.facts)
    return Fate(fate.line, DONE, fate.sentence, fate.person, fate.facts)


def _enter(person: Person, facts: LicenceFacts, officer: Person | None) -> None:
    state = directory.current_state()
    assert state is not None, "an installation has its state"
    recording.enter_licence(person=person, state=state, acting_person=officer, **vars(facts))


def _row(fate: Fate) -> dict[str, Any]:
    return {
        "line": fate.line.number,
        "named": fate.line.person,
        "ref": fate.person.ref if fate.person else "",
        "cells": fate.line.cells,
        "outcome": fate.outcome,
        "sentence": fate.sentence,
    }


def _held(file: LicenceFile, person: Person) -> LicenceFile:
    found = LicenceFile.objects.select_for_update(of=("self",)).select_related("office").get(pk=file.pk)
    if not access.may_hand_in_licences(person, found.office):
        raise NoSuchLicenceFile
    return found
