"""The editor's sheet: what a form of the whole page brought, and what the page shows again of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from longleaf.assessment.errors import NoSuchRequirement, StaleRevision
from longleaf.assessment.evidence import captions, transcribing, uploading, writing
from longleaf.assessment.evidence.checklist import ways
from longleaf.assessment.evidence.cleaning.outcome import in_words as taken_out_in_words
from longleaf.assessment.evidence.inspecting import endings, in_words
from longleaf.assessment.queries import Piece, Work
from longleaf.catalog.design import Step
from longleaf.engines.rubrics import Criterion, Level
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from longleaf.assessment.models import Artifact, Upload
    from longleaf.directory.models import Person

UPLOAD_PIECE = 1024 * 1024


@dataclass
class Entry:
    """One requirement on the page, with what was typed, whether or not it could be kept."""

    piece: Piece
    levels: Sequence[Level]
    text: str
    revision: int
    theirs: str | None = None
    text_error: str = ""
    link: str = ""
    link_title: str = ""
    link_error: str = ""
    file_error: str = ""

    @property
    def accept(self) -> str:
        limits = self.piece.requirement.files
        return ",".join(endings(limits.kinds)) if limits else ""

    @property
    def kinds_in_words(self) -> str:
        limits = self.piece.requirement.files
        return in_words(limits.kinds) if limits else ""

    def levels_of(self, criterion: Criterion) -> list[dict[str, str]]:
        """What each level of a criterion looks like, lowest first, as the kit's list takes it."""
        described = [(level, criterion.descriptors.get(level.code, "")) for level in self.levels]
        return [{"term": level.title, "value": text} for level, text in described if text]

    def taken_out(self, upload: Upload) -> str:
        """What a file carried unseen and was not kept, or ""."""
        return taken_out_in_words(upload.taken_out)

    @property
    def ways(self) -> str:
        return ways(self.piece.requirement)

    @property
    def errors(self) -> list[dict[str, str]]:
        """The mistakes of this entry for the summary above the form, each with the field that it leads to."""
        code = self.piece.code
        found = {f"text-{code}": self.text_error, f"link-{code}": self.link_error, f"file-{code}": self.file_error}
        return [{"id": f"id_{place}", "text": sentence} for place, sentence in found.items() if sentence]


@dataclass
class Sheet:
    """All entries of an attempt, and whether anything on them needs another look."""

    work: Work
    entries: Sequence[Entry]
    page: str
    has_conflict: bool = False

    @property
    def errors(self) -> list[dict[str, str]]:
        return [error for entry in self.entries for error in entry.errors]

    def entry(self, code: str) -> Entry:
        """The entry of one requirement. Raises `NoSuchRequirement`."""
        found = next((each for each in self.entries if each.piece.code == code), None)
        if found is None:
            raise NoSuchRequirement(f"This micro-credential has no requirement {code}. Reload the page.")
        return found

    @property
    def by_part(self) -> list[tuple[Step, list[Entry]]]:
        return [
            (part, [each for each in self.entries if each.piece.requirement.part == part.code])
            for part in self.work.design.parts
        ]


def sheet_of(work: Work, page: str) -> Sheet:
    """The sheet as it is kept."""
    levels = work.design.rubric.levels
    entries = [Entry(piece, levels, piece.response.text, piece.response.revision) for piece in work.pieces]
    return Sheet(work, entries, page)


def save_all(sheet: Sheet, typed: QueryDict, *, acting_person: Person) -> None:
    """Keep every text of a posted sheet that can be kept, and note on its entry what could not be, and why."""
    for entry in sheet.entries:
        name = f"text-{entry.piece.code}"
        if name in typed and not entry.piece.response.locked:
            entry.text = typed.get(name, "")
            _save(sheet, entry, _number(typed.get(f"revision-{entry.piece.code}")), acting_person)


def add_link(sheet: Sheet, code: str, typed: QueryDict, *, acting_person: Person) -> None:
    """Add the link that was typed for a requirement, or note why not."""
    entry = sheet.entry(code)
    entry.link, entry.link_title = typed.get(f"link-{code}", ""), typed.get(f"link_title-{code}", "")
    try:
        writing.add_link(
            submission=sheet.work.submission,
            requirement=code,
            link=entry.link,
            title=entry.link_title,
            acting_person=acting_person,
        )
    except BadInput as refusal:
        entry.link_error = refusal.sentence


def add_files(sheet: Sheet, code: str, files: Sequence[UploadedFile[bytes]], *, acting_person: Person) -> None:
    """Take the files that were chosen for a requirement, or note why not."""
    entry = sheet.entry(code)
    if not files:
        entry.file_error = "Choose a file first, then upload it."
    refusals = [sentence for each in files if (sentence := _add_file(entry, each, acting_person))]
    entry.file_error = " ".join(refusals) or entry.file_error


def add_words(
    sheet: Sheet,
    code: str,
    artifact: Artifact,
    files: MultiValueDict[str, UploadedFile[bytes]],
    *,
    acting_person: Person,
) -> None:
    """Give a recording the captions or transcript that were chosen for it, or note why not."""
    entry = sheet.entry(code)
    file = files.get(f"words-{artifact.pk}")
    if file is None:
        entry.file_error = "Choose a file with the words first, then add it."
        return
    try:
        transcribing.add_transcript(
            artifact=artifact,
            name=file.name or "",
            # One byte more than is welcome tells that it is too much.
            content=file.read(captions.MOST_BYTES + 1),
            acting_person=acting_person,
        )
    except BadInput as refusal:
        entry.file_error = refusal.sentence


def _add_file(entry: Entry, file: UploadedFile[bytes], person: Person) -> str:
    try:
        uploading.receive(
            response=entry.piece.response,
            name=file.name or "",
            size=file.size or 0,
            pieces=file.chunks(UPLOAD_PIECE),
            acting_person=person,
        )
    except BadInput as refusal:
        return refusal.sentence
    return ""


def _save(sheet: Sheet, entry: Entry, revision: int, person: Person) -> None:
    try:
        saved = writing.save_text(
            submission=sheet.work.submission,
            requirement=entry.piece.code,
            text=entry.text,
            revision=revision,
            acting_person=person,
            page=sheet.page,
            is_last_word=True,
        )
    except StaleRevision as stale:
        entry.theirs, entry.revision, sheet.has_conflict = stale.text, stale.revision, True
    except BadInput as refusal:
        entry.text_error = refusal.sentence
    else:
        entry.text, entry.revision = saved.text, saved.revision


def _number(text: str | None) -> int:
    # A form without a revision began from nothing; the verb then says whether that still holds.
    return whole_number(text) or 0


def progress(work: Work) -> list[Mapping[str, object]]:
    """Each part with how much of it is there, for the tracker."""
    return [
        {"part": part, "pieces": pieces, "done": sum(each.state == "done" for each in pieces)}
        for part, pieces in work.by_part
    ]
