"""The verbs on a draft while it is written: begin, save what was typed, order its rows, share it, set it aside.

A keystroke is no decision and leaves no journal line; who may write and what is published is told there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.catalog.errors import (
    DraftNotOpen,
    FieldTooLong,
    MayNotDesign,
    NoSuchDraft,
    StaleField,
    UnknownAuthor,
)
from longleaf.catalog.events import Event
from longleaf.catalog.models import CoAuthor, Draft, MicroCredential, Need, Version
from longleaf.catalog.status import DRAFT_MOVES, DraftStatus
from longleaf.catalog.studio import access, typing_in
from longleaf.catalog.studio.checking import origin_of
from longleaf.catalog.studio.documents import Typed, fields_of, ladder_of, take_apart
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import KEPT, Path, readable, written
from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.kit.standing import OFFICIAL, PUT_TOGETHER
from longleaf.kit.status import require_move
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

LONGEST_FIELD = 20_000
LONGEST_PAGE = 20
LONGEST_DRAFT = 500_000
# What every draft starts from: a ladder of two levels, and two readers with a third.
BLANK: Mapping[str, Any] = {
    "language": "en",
    "fee": 0,
    "parts": [{"code": "P1"}],
    "requirements": [{"code": "R1", "part": "P1", "accepts": ["text"], "completion": [{"code": "R1.C1"}]}],
    "rubric": {
        "levels": [
            {"code": "not-yet", "title": "Not yet shown", "meets": False},
            {"code": "demonstrated", "title": "Demonstrated", "meets": True},
        ],
        "criteria": [{"code": "K1", "requirements": ["R1"], "levels": {}}],
    },
    "panel_rule": {
        "readers": 2,
        "when_they_differ": "third_reader",
        "decides": "third",
        "criterion_met_when": {"meets": True},
        "outcome": {"kind": "all_required"},
    },
    "turnaround_business_days": 10,
}


@transaction.atomic
def begin(
    *,
    issuer: Organisation,
    acting_person: Person,
    document: Mapping[str, Any] | None = None,
    base: Version | None = None,
    micro_credential: MicroCredential | None = None,
    upstream: Version | None = None,
    upstream_left: Sequence[str] = (),
    need: Need | None = None,
    skill: str = "",
) -> Draft:
    """Begin a draft for an organisation: a blank one, or one that holds what a document says.

    `need` and `skill` are what it was begun for. Where `micro_credential` is given, the draft becomes its next version;
    where it is adopted, `upstream` is the version with which it is level, and `upstream_left` what was left since.
    Raises `MayNotDesign`, and `FieldTooLong` for more than a draft holds.
    """
    if not access.may_design(acting_person, issuer):
        raise MayNotDesign(f"Only designers of {issuer} begin drafts for it. Ask an administrator there for that role.")
    typed = take_apart(document if document is not None else BLANK)
    _require_room(typed)
    draft = Draft.objects.create(
        issuer=issuer,
        micro_credential=micro_credential,
        base=base,
        upstream=upstream,
        upstream_left=list(upstream_left),
        need=need,
        skill=skill,
        typed=typed,
        title=_title(typed),
        begun_by=acting_person,
    )
    record(
        Event.DRAFT_BEGUN,
        actor=acting_person,
        subject=f"draft:{draft.ref}",
        data={"issuer": issuer.code, "base": f"{base.micro_credential.slug}/{base.number}" if base else ""},
    )
    return draft


@transaction.atomic
def begin_next(*, version: Version, acting_person: Person) -> Draft:
    """Begin the next version of what an organisation offers, with what the present one says. Raises `MayNotDesign`.

    What its author once noted on wording of their own is left behind: its issuer answers for the new one. What was
    adopted still says from where, and stays tied to it.
    """
    made = version.micro_credential
    note = origin_of(made.upstream) if made.upstream else ""
    if version.document.get("standing") in PUT_TOGETHER:
        note = version.document.get("note") or note
    document = {**version.document, "note": note}
    return begin(
        issuer=made.issuer,
        acting_person=acting_person,
        document=document,
        base=version,
        micro_credential=made,
        upstream=made.upstream,
        upstream_left=made.upstream_left,
    )


@transaction.atomic
def adopt(*, version: Version, issuer: Organisation, acting_person: Person) -> Draft:
    """Begin a draft of one's own with what another organisation's version says. It says where it comes from.

    Who publishes it is judged by it: the name in its address, the fee and the conditions are the adopter's to set.
    What was put together from sources keeps them, and what was noted of it. Raises `MayNotDesign`.
    """
    document = {**version.document, "slug": "", "note": origin_of(version), "sources": []}
    if version.document.get("standing") in PUT_TOGETHER:
        document["note"] = f"{origin_of(version)} {version.document.get('note') or ''}".strip()
        document["sources"] = version.document.get("sources") or []
    return begin(issuer=issuer, acting_person=acting_person, document=document, base=version, upstream=version)


@transaction.atomic
def save_field(
    *,
    draft: Draft,
    path: Path,
    value: str | list[str],
    revision: int,
    acting_person: Person,
    page: str = "",
    is_last_word: bool = False,
) -> int:
    """Keep what was typed into a field and return its revision. `revision` is the one that the typing began from.

    `page` names the open page it is typed on; `is_last_word` lets a form that is sent follow what its own page saved
    before. The same text again changes nothing. Raises `StaleField` with what is kept where another page saved since,
    `NoSuchField`, `FieldTooLong`, and what `hold` raises.
    """
    draft = hold(draft, acting_person=acting_person)
    before = typing_in.value_of(draft.typed, path)
    value = _plain(value)
    number, saved_from = draft.revisions.get(written(path), (0, ""))
    if value == before:
        return int(number)
    follows_itself = is_last_word and page and page == saved_from
    if revision != number and not follows_itself:
        raise StaleField(revision=number, theirs=before if isinstance(before, str) else ", ".join(before))
    typing_in.put(draft.typed, path, value)
    draft.revisions[written(path)] = [number + 1, page[:LONGEST_PAGE]]
    keep(draft)
    return int(number) + 1


@transaction.atomic
def change_rows(*, draft: Draft, act: str, path: Path, acting_person: Person) -> Path:
    """Add a row to a list (`add`), or take a row away, or move it (`remove`, `up`, `down`); returns where to look next.

    A row that is already gone or at the end stays so. Raises `NoSuchField` and what `hold` raises.
    """
    draft = hold(draft, acting_person=acting_person)
    before = paths_in(draft.typed)
    after = typing_in.ROW_ACTS[act](draft.typed, path)
    outdate(draft, before - paths_in(draft.typed))
    keep(draft)
    return after


@transaction.atomic
def take_rubric(*, draft: Draft, rubric: Mapping[str, Any], acting_person: Person, standing: str = OFFICIAL) -> Draft:
    """Put another rubric in the place of a draft's own. Links to evidence that the draft asks for stay.

    `rubric` has the shape of a document's (`files.require_shape`); `standing` says how sure its wording is. Raises what
    `hold` raises.
    """
    draft = hold(draft, acting_person=acting_person)
    taken, before = take_apart({"rubric": rubric})["rubric"], paths_in(draft.typed)
    asked = {row["id"] for row in draft.typed.get("requirements") or ()}
    for criterion in taken["criteria"]:
        criterion["requirements"] = [code for code in criterion.get("requirements") or () if code in asked]
    draft.typed["rubric"] = taken
    heed_standing(draft.typed, standing)
    outdate(draft, {path for path in before | paths_in(draft.typed) if path[0] == "rubric"})
    keep(draft)
    return draft


@transaction.atomic
def add_author(*, draft: Draft, address: str, acting_person: Person, writes: bool = True) -> CoAuthor:
    """Let somebody who has an account write too, or read and comment only. The same again changes nothing.

    Raises `UnknownAuthor`.
    """
    draft = hold(draft, acting_person=acting_person)
    person = directory.people_named([address]).get(address.strip().lower())
    if person is None:
        sentence = "Nobody has an account with this address. Ask for the address that they sign in with."
        raise UnknownAuthor(sentence, fields={"address": sentence})
    author, added = CoAuthor.objects.get_or_create(draft=draft, person=person, defaults={"writes": writes})
    if added or author.writes != writes:
        author.writes = writes
        author.save(update_fields=["writes"])
        data = {"person": person.ref, "writes": writes}
        record(Event.DRAFT_SHARED, actor=acting_person, subject=f"draft:{draft.ref}", data=data)
    return author


@transaction.atomic
def remove_author(*, draft: Draft, person_ref: str, acting_person: Person) -> None:
    """Let a co-author write no longer. Somebody who is none already stays so."""
    draft = hold(draft, acting_person=acting_person)
    gone, _ = draft.co_authors.filter(person__ref=person_ref).delete()
    if gone:
        data = {"person": person_ref}
        record(Event.DRAFT_UNSHARED, actor=acting_person, subject=f"draft:{draft.ref}", data=data)


@transaction.atomic
def set_aside(*, draft: Draft, acting_person: Person) -> Draft:
    """Put a draft out of the way. Nothing of it is lost; `take_up` brings it back."""
    return _move(hold(draft, acting_person=acting_person), DraftStatus.SET_ASIDE, Event.DRAFT_SET_ASIDE, acting_person)


@transaction.atomic
def take_up(*, draft: Draft, acting_person: Person) -> Draft:
    """Go on with a draft that was set aside."""
    draft = lock(draft, acting_person=acting_person)
    return _move(draft, DraftStatus.OPEN, Event.DRAFT_TAKEN_UP, acting_person)


def hold(draft: Draft, *, acting_person: Person) -> Draft:
    """The draft as it is now, locked and open to this person. Raises `NoSuchDraft` and `DraftNotOpen`."""
    draft = lock(draft, acting_person=acting_person)
    _require_open(draft)
    return draft


def lock(draft: Draft, *, acting_person: Person) -> Draft:
    """The draft as it is now, locked, whatever its status. Raises `NoSuchDraft` for who does not write it."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if not access.may_write(acting_person, draft):
        raise NoSuchDraft
    return draft


def require_open(draft: Draft, *, acting_person: Person) -> None:
    """Ask the same of a draft as it was read, before a page saves field by field. Raises what `hold` raises."""
    if not access.may_write(acting_person, draft):
        raise NoSuchDraft
    _require_open(draft)


def _require_open(draft: Draft) -> None:
    if draft.status != DraftStatus.OPEN:
        raise DraftNotOpen(
            f"This draft is {draft.get_status_display().lower()} and is not written on. "
            "Begin a new version, or take it up again in the studio."
        )


def _move(draft: Draft, status: DraftStatus, event: Event, acting_person: Person) -> Draft:
    require_move(DRAFT_MOVES, DraftStatus(draft.status), status, what="This draft")
    draft.status = status
    draft.save(update_fields=["status", "changed_at"])
    record(event, actor=acting_person, subject=f"draft:{draft.ref}", data={})
    return draft


def paths_in(typed: Typed) -> set[Path]:
    """The path of every field that stands in what was typed."""
    return {path for path, _ in fields_of(ALL_MEMBERS, typed, ladder_of(typed))}


def outdate(draft: Draft, paths: Iterable[Path]) -> None:
    """Count a save of each field, since a later row may have its path: what an open page still holds of the row that
    was there must not be accepted as if it belonged to this one."""
    for path in map(written, paths):
        number, _ = draft.revisions.get(path, (0, ""))
        draft.revisions[path] = [number + 1, ""]


def heed_standing(typed: dict[str, Any], standing: str) -> None:
    """Let a draft be no surer than wording that is put into it. What is unsure already stays as it is told."""
    kept: dict[str, Any] = typed.get(KEPT) or {}
    if standing != OFFICIAL and kept.get("standing", OFFICIAL) == OFFICIAL:
        typed[KEPT] = {**kept, "standing": standing}


def keep(draft: Draft, *further: str) -> None:
    """Keep what is typed in a draft that is held, with `further` fields of it. Raises `FieldTooLong`."""
    _require_room(draft.typed)
    draft.title = _title(draft.typed)
    draft.save(update_fields=["typed", "revisions", "title", "changed_at", *further])


def _require_room(typed: Mapping[str, Any]) -> None:
    if len(json.dumps(typed)) > LONGEST_DRAFT:
        raise FieldTooLong("This draft is too long to be kept whole. Shorten its texts or take rows away.")


def _title(typed: Mapping[str, Any]) -> str:
    return str(typed.get("title") or "").strip()[:200]


def _plain(value: str | list[str]) -> str | list[str]:
    """One kind of line end, so that equal texts are equal however they came."""
    if isinstance(value, list):
        return [readable(str(each)) for each in value]
    if len(value) > LONGEST_FIELD:
        sentence = f"Shorten it to at most {LONGEST_FIELD:,} characters; it has {len(value):,}."
        raise FieldTooLong(sentence, fields={"text": sentence})
    return readable(plain_line_ends(value))
