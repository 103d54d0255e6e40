"""The verbs on files of sample evidence: bring one, take one away, withdraw one; and who may open which.

A file comes in as any does (`kit.taking_in`). The design gets a row of its samples that names it by its address, so a
design that leaves as a file still says where its samples are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from longleaf.catalog.errors import MayNotPublish, NoSuchSample, SampleNotPublished, UnusableSampleFile
from longleaf.catalog.events import Event
from longleaf.catalog.models import Draft, SampleFile, Version
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, drafting, typing_in
from longleaf.journal.recording import record
from longleaf.kit.numbers import file_size
from longleaf.kit.taking_in import taken_in
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person

KINDS = ("pdf", "office", "image", "audio", "video")
ENDINGS = ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,.jpg,.jpeg,.png,.webp,.mp3,.m4a,.wav,.ogg,.mp4,.m4v,.mov,.webm"
LARGEST = 50_000_000
MOST_FILES = 10
LONGEST_TEXT = 20_000
LONGEST_TITLE = 200
# These cannot be understood without words by whoever does not see or hear them.
NEEDS_WORDS = re.compile(r"\.(jpe?g|png|webp|mp3|m4a|wav|ogg|mp4|m4v|mov|webm)", re.IGNORECASE)


def bring(
    *,
    draft: Draft,
    file: IO[bytes],
    name: str,
    size: int,
    title: str,
    shows: str,
    described: str,
    is_invented: bool,
    consent: str,
    acting_person: Person,
) -> SampleFile:
    """Bring a file of sample evidence, and name it in the draft.

    `shows` says what it is an example of; `described` what it shows, or what is said in a recording, for whoever cannot
    see or hear it. What somebody real made needs `consent`. Nothing is kept of a file that is refused. Raises
    `UnusableSampleFile`, `BadInput` for a file that is not welcome, and what `drafting.hold` raises.
    """
    from longleaf.catalog.studio.accessible import findings  # noqa: PLC0415 (its reader of PDFs takes a while to load)

    drafting.require_open(draft, acting_person=acting_person)
    words = plain_line_ends(described).strip()
    facts: dict[str, Any] = {
        "title": title.strip(),
        "described": words,
        "is_invented": is_invented,
        "consent": "" if is_invented else plain_line_ends(consent).strip(),
    }
    _require_usable(draft, facts, shows=shows, name=name, size=size)
    # Looked at before the draft is held: that may take a while.
    with taken_in(file, name=name, kinds=KINDS) as taken:
        with default_storage.open(taken.stored_as) as kept:
            found = findings(kept, media_type=taken.media_type, described=words)
        return _keep(draft, {**facts, **taken.__dict__, "found": found}, shows.strip(), acting_person)


@transaction.atomic
def take_away(*, draft: Draft, ref: str, acting_person: Person) -> None:
    """Take a sample out of a draft. Its bytes go too, unless it is published.

    One that is not published can be taken away whatever became of the draft. Raises `NoSuchDraft`, `NoSuchSample`, and
    `DraftNotOpen` for what is published.
    """
    draft = drafting.lock(draft, acting_person=acting_person)
    found = SampleFile.objects.filter(draft=draft, ref=ref).first()
    if found is None:
        raise NoSuchSample
    if found.published_at:
        drafting.hold(draft, acting_person=acting_person)
    for row in [each for each in draft.typed.get("samples") or () if each.get("url") == address_of(found)]:
        before = drafting.paths_in(draft.typed)
        typing_in.remove(draft.typed, ("samples", row["id"]))
        drafting.outdate(draft, before - drafting.paths_in(draft.typed))
    drafting.keep(draft)
    if found.published_at is None:
        let_go([found.pk])


@transaction.atomic
def withdraw(*, sample: SampleFile, acting_person: Person) -> SampleFile:
    """Take a published sample back: its bytes, its words and the consent go, and its page says that it is withdrawn.

    One that is withdrawn stays so. Raises `MayNotPublish` for who is no issuing officer, and `SampleNotPublished`.
    """
    held = SampleFile.objects.select_for_update(of=("self",)).select_related("draft__issuer").get(pk=sample.pk)
    if not access.may_publish(acting_person, held.draft):
        raise MayNotPublish(f"Only an issuing officer of {held.draft.issuer} withdraws it. Ask one of them.")
    if held.published_at is None:
        raise SampleNotPublished
    if held.withdrawn_at:
        return held
    _delete_bytes(held.stored_as)
    held.withdrawn_at = timezone.now()
    held.consent = held.described = held.name = held.stored_as = ""
    held.found = []
    held.save(update_fields=["withdrawn_at", "consent", "described", "name", "stored_as", "found"])
    subject = f"draft:{held.draft.ref}"
    record(Event.SAMPLE_WITHDRAWN, actor=acting_person, subject=subject, data={"sample": held.ref})
    return held


@transaction.atomic
def open_with(version: Version, *, draft: Draft) -> int:
    """Open to all the samples that a version names, which a draft became; returns how many were opened.

    Only its own issuer's are opened. Those that were brought to a draft of the same micro-credential say from then on
    what the version says of them.
    """
    rows = {_ref_in(str(each.get("url"))): each for each in version.document.get("samples") or ()}
    named = SampleFile.objects.select_for_update(of=("self",)).select_related("draft")
    opened = 0
    for sample in named.filter(ref__in=rows, draft__issuer=draft.issuer_id, withdrawn_at__isnull=True):
        opened += sample.published_at is None
        sample.published_at = sample.published_at or timezone.now()
        if sample.draft.micro_credential_id == version.micro_credential_id:
            _say(sample, rows[sample.ref])
        sample.save(update_fields=["published_at", "title", "is_invented", "consent"])
    return opened


def set_aside_before(moment: datetime) -> QuerySet[SampleFile]:
    """The samples never published of drafts that were set aside, and not taken up again, before a moment."""
    gone = {"draft__status": DraftStatus.SET_ASIDE, "draft__changed_at__lt": moment}
    return SampleFile.objects.filter(published_at__isnull=True, **gone)


@transaction.atomic
def let_go(keys: Collection[int]) -> int:
    """Delete samples that were never published, with their bytes; returns how many."""
    gone = list(SampleFile.objects.select_for_update(of=("self",)).filter(pk__in=keys, published_at__isnull=True))
    for each in gone:
        _delete_bytes(each.stored_as)
        each.delete()
    return len(gone)


def sample_open_to(person: Person | None, ref: str) -> SampleFile:
    """A sample that somebody may open: anybody once it is published, before that whoever reads the draft.

    Raises `NoSuchSample`.
    """
    readable = Q(published_at__isnull=False)
    if person is not None:
        readable |= Q(draft__in=access.drafts_read_by(person).values("pk"))
    found = SampleFile.objects.filter(readable, ref=ref).select_related("draft").first()
    if found is None:
        raise NoSuchSample
    return found


def of_draft(draft: Draft) -> QuerySet[SampleFile]:
    return SampleFile.objects.filter(draft=draft)


def named_in(document: Mapping[str, Any], *, draft: Draft) -> list[SampleFile]:
    """The files that a draft's design names: those that all may open, and its own issuer's; one query."""
    refs = [_ref_in(str(each.get("url") or "")) for each in document.get("samples") or ()]
    seen = Q(published_at__isnull=False) | Q(draft__issuer=draft.issuer_id)
    return list(SampleFile.objects.filter(seen, ref__in=refs, withdrawn_at__isnull=True))


def address_of(sample: SampleFile) -> str:
    return settings.PUBLIC_URL + reverse("catalog:sample", kwargs={"ref": sample.ref})


def is_ours(url: str) -> bool:
    """Whether an address is that of a sample kept here."""
    return url.startswith(_beginning())


def _beginning() -> str:
    return settings.PUBLIC_URL + reverse("catalog:sample", kwargs={"ref": "SMP"}).removesuffix("SMP/")


def _ref_in(url: str) -> str:
    """The reference that an address of ours leads to; empty for another's."""
    return url.rstrip("/").rpartition("/")[2] if is_ours(url) else ""


def _say(sample: SampleFile, row: Mapping[str, Any]) -> None:
    """Put to a sample what a published document says of it, which is sound: without consent nothing real is in it."""
    sample.title = str(row.get("title") or "").strip()[:LONGEST_TITLE] or sample.title
    sample.is_invented = row.get("origin") != "real"
    sample.consent = "" if sample.is_invented else str(row.get("consent") or "").strip()


def _delete_bytes(stored_as: str) -> None:
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def _require_usable(draft: Draft, facts: Mapping[str, Any], *, shows: str, name: str, size: int) -> None:
    fields = {}
    if not facts["title"]:
        fields["title"] = "Say what it is."
    elif len(facts["title"]) > LONGEST_TITLE:
        fields["title"] = f"Shorten it to at most {LONGEST_TITLE} characters."
    if not shows.strip():
        fields["shows"] = "Say what it is an example of."
    if NEEDS_WORDS.search(name[-6:]) and not facts["described"]:
        fields["described"] = "Say in words what it shows, or what is said in it: not everybody sees and hears it."
    if not facts["is_invented"] and not facts["consent"]:
        fields["consent"] = "Say who agreed that it is shown, to what they agreed, and when."
    for part in ("described", "consent"):
        if len(facts[part]) > LONGEST_TEXT:
            fields[part] = f"Shorten it to at most {LONGEST_TEXT:,} characters; it has {len(facts[part]):,}."
    if size > LARGEST:
        fields["file"] = f"“{name}” has {file_size(size)}; at most {file_size(LARGEST)} can be taken. Make it smaller."
    elif of_draft(draft).count() >= MOST_FILES:
        fields["file"] = f"{MOST_FILES} files are here already. Take one away before you bring another."
    if fields:
        raise UnusableSampleFile("The file was not kept. Mend what stands beside the fields.", fields=fields)


@transaction.atomic
def _keep(draft: Draft, facts: Mapping[str, Any], shows: str, acting_person: Person) -> SampleFile:
    draft = drafting.hold(draft, acting_person=acting_person)
    sample = SampleFile.objects.create(draft=draft, brought_by=acting_person, **facts)
    path = typing_in.add(draft.typed, ("samples",))
    row = {
        "title": sample.title,
        "url": address_of(sample),
        "shows": shows,
        "origin": "invented" if sample.is_invented else "real",
        "consent": sample.consent,
    }
    for field, text in row.items():
        typing_in.put(draft.typed, (*path, field), text)
    drafting.outdate(draft, [(*path, field) for field in row])
    drafting.keep(draft)
    return sample
