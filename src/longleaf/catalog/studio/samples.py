"""The verbs on files of sample evidence: bring one, take one away; and who may open which.

A file comes in as any does (`kit.taking_in`). The design gets a row of its samples that names it by its address, so a
design that leaves as a file still says where its samples are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from longleaf.catalog.errors import NoSuchSample, UnusableSampleFile
from longleaf.catalog.models import Draft, SampleFile, Version
from longleaf.catalog.studio import access, drafting, typing_in
from longleaf.catalog.studio.accessible import findings
from longleaf.kit.numbers import file_size
from longleaf.kit.taking_in import take_in
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
    taken = take_in(file, name=name, kinds=KINDS)
    try:
        with default_storage.open(taken.stored_as) as kept:
            found = findings(kept, media_type=taken.media_type, described=words)
        return _keep(draft, {**facts, **taken.__dict__, "found": found}, shows.strip(), acting_person)
    except BaseException:
        default_storage.delete(taken.stored_as)
        raise


@transaction.atomic
def take_away(*, draft: Draft, ref: str, acting_person: Person) -> None:
    """Take a sample out of a draft. Its bytes go too, unless a published version names it.

    Raises `NoSuchSample` and what `drafting.hold` raises.
    """
    draft = drafting.hold(draft, acting_person=acting_person)
    found = SampleFile.objects.filter(draft=draft, ref=ref).first()
    if found is None:
        raise NoSuchSample
    for row in [each for each in draft.typed.get("samples") or () if each.get("url") == address_of(found)]:
        before = drafting.paths_in(draft.typed)
        typing_in.remove(draft.typed, ("samples", row["id"]))
        drafting.outdate(draft, before - drafting.paths_in(draft.typed))
    drafting.keep(draft)
    if found.published_at is None:
        found.delete()
        transaction.on_commit(lambda: default_storage.delete(found.stored_as))


@transaction.atomic
def open_with(version: Version) -> int:
    """Open to all the samples that a version names, which is published; returns how many were opened."""
    named = {str(each.get("url")) for each in version.document.get("samples") or ()}
    refs = [url.rstrip("/").rpartition("/")[2] for url in named if url.startswith(_beginning())]
    return SampleFile.objects.filter(ref__in=refs, published_at__isnull=True).update(published_at=timezone.now())


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


def named_in(document: Mapping[str, Any]) -> list[SampleFile]:
    """The files that a design names, whichever draft brought them; one query."""
    urls = [str(each.get("url") or "") for each in document.get("samples") or ()]
    refs = [url.rstrip("/").rpartition("/")[2] for url in urls if is_ours(url)]
    return list(SampleFile.objects.filter(ref__in=refs))


def address_of(sample: SampleFile) -> str:
    return settings.PUBLIC_URL + reverse("catalog:sample", kwargs={"ref": sample.ref})


def is_ours(url: str) -> bool:
    """Whether an address is that of a sample kept here."""
    return url.startswith(_beginning())


def _beginning() -> str:
    return settings.PUBLIC_URL + reverse("catalog:sample", kwargs={"ref": "SMP"}).removesuffix("SMP/")


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
