"""The verbs on micro-credentials: publish a version, note where it can be found, gather stacks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from longleaf.catalog import search
from longleaf.catalog.design import Design
from longleaf.catalog.errors import BegunInTheStudio
from longleaf.catalog.events import Event
from longleaf.catalog.facets import effort_band
from longleaf.catalog.models import (
    Alignment,
    Draft,
    Family,
    MicroCredential,
    Stack,
    StackMember,
    Version,
    VersionFacet,
)
from longleaf.catalog.status import VERSION_MOVES, Facet, VersionStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State
    from longleaf.frameworks.models import FrameworkItem


@dataclass(frozen=True)
class AlignedItem:
    """An item of a framework that a version serves, and how sure the tie is."""

    item: FrameworkItem
    standing: str


@transaction.atomic
def publish_family(*, state: State, code: str, **facts: Any) -> Family:
    """Enter a family or bring it up to date. `facts` are fields of `Family`."""
    family, _ = Family.objects.update_or_create(state=state, code=code, defaults=facts)
    return family


@transaction.atomic
def publish(
    *,
    state: State,
    issuer: Organisation,
    family: Family,
    document: Mapping[str, Any],
    aligned: Sequence[AlignedItem],
    acting_person: Person | None,
) -> Version:
    """Publish a micro-credential's document; the same text again changes nothing and returns what is published.

    A changed text becomes the next version, whatever number its author gave it: what was published stays as it was, and
    whoever began on it is judged by it. A pack that is loaded again does not undo what its issuer published from a
    draft since. `document` is checked before (`states.checking`, `studio.checking`). Raises `BegunInTheStudio` where
    nobody acts, as when a pack is loaded, and the micro-credential began with a draft.
    """
    micro_credential, _ = MicroCredential.objects.select_for_update().get_or_create(
        state=state, slug=document["slug"], defaults={"issuer": issuer, "family": family}
    )
    digest = digest_of(document)
    current = micro_credential.current
    if current and (current.digest == digest or _was_taken_further(current, digest)):
        return current
    if current and acting_person is None and _began_in_studio(micro_credential):
        raise BegunInTheStudio(
            f"{micro_credential.issuer} began a micro-credential called {micro_credential.slug} in the studio, and "
            "goes on with it there. Choose another slug in the pack."
        )
    if current and current.status == VersionStatus.PUBLISHED:
        _supersede(current, acting_person)
    version = _write_version(micro_credential, document, digest, aligned)
    MicroCredential.objects.filter(pk=micro_credential.pk).update(current=version, issuer=issuer, family=family)
    search.enter(version)
    record(
        Event.VERSION_PUBLISHED,
        actor=acting_person,
        subject=f"micro-credential:{micro_credential.slug}",
        data={"version": version.number, "digest": digest},
    )
    return version


@transaction.atomic
def retire(*, version: Version, acting_person: Person | None) -> Version:
    """Offer a version no more. Whoever began on it goes on, and what was earned on it stays as it is.

    A later version may be published again. Who may is asked by whoever calls. Raises `WrongState`.
    """
    lock(version.micro_credential_id)
    version = Version.objects.select_for_update(of=("self",)).select_related("micro_credential").get(pk=version.pk)
    require_move(VERSION_MOVES, VersionStatus(version.status), VersionStatus.RETIRED, what=str(version))
    Version.objects.filter(pk=version.pk).update(status=VersionStatus.RETIRED)
    subject = f"micro-credential:{version.micro_credential.slug}"
    record(Event.VERSION_RETIRED, actor=acting_person, subject=subject, data={"version": version.number})
    version.status = VersionStatus.RETIRED
    return version


@transaction.atomic
def note_facet(*, version: Version, facet: Facet, values: Iterable[str]) -> None:
    """Say by which values of one facet a version is found. Upper floors note theirs here too."""
    VersionFacet.objects.filter(version=version, facet=facet).delete()
    VersionFacet.objects.bulk_create(
        [VersionFacet(version=version, facet=facet, value=value) for value in sorted(set(values))]
    )


@transaction.atomic
def gather_stack(*, state: State, issuer: Organisation, slug: str, members: Sequence[str], **facts: Any) -> Stack:
    """Enter a stack or bring it up to date. `members` are slugs in their order; `facts` are fields of `Stack`.

    What was taken into it by its issuer since stays in it, at the end.
    """
    stack, is_new = Stack.objects.update_or_create(state=state, slug=slug, defaults={"issuer": issuer, **facts})
    found = {each.slug: each for each in MicroCredential.objects.filter(state=state, slug__in=members)}
    taken_in = [
        each.micro_credential for each in stack.members.filter(taken_in=True).select_related("micro_credential")
    ]
    before = dict(stack.members.values_list("micro_credential", "since"))
    first_day = None if is_new else timezone.localdate()
    stack.members.all().delete()
    own = [found[slug] for slug in members]
    StackMember.objects.bulk_create(
        [
            StackMember(
                stack=stack,
                micro_credential=each,
                position=position,
                taken_in=each not in own,
                since=before.get(each.pk, first_day),
            )
            for position, each in enumerate(dict.fromkeys([*own, *taken_in]), start=1)
        ]
    )
    return stack


def lock(micro_credential: int) -> None:
    """Lock a micro-credential by its key until the transaction ends: before its versions, and before the journal."""
    MicroCredential.objects.select_for_update().get(pk=micro_credential)


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of a document in JSON Canonicalization Scheme (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def _was_taken_further(current: Version, digest: str) -> bool:
    """Whether a text was published before, and its issuer went on from it in the studio."""
    earlier = current.micro_credential.versions.filter(digest=digest)
    return Draft.objects.filter(version=current).exists() and earlier.exists()


def _began_in_studio(micro_credential: MicroCredential) -> bool:
    return Draft.objects.filter(version__micro_credential=micro_credential, version__number=1).exists()


def _supersede(version: Version, acting_person: Person | None) -> None:
    require_move(VERSION_MOVES, VersionStatus(version.status), VersionStatus.SUPERSEDED, what=str(version))
    Version.objects.filter(pk=version.pk).update(status=VersionStatus.SUPERSEDED)
    record(
        Event.VERSION_SUPERSEDED,
        actor=acting_person,
        subject=f"micro-credential:{version.micro_credential.slug}",
        data={"version": version.number},
    )


def _write_version(
    micro_credential: MicroCredential,
    document: Mapping[str, Any],
    digest: str,
    aligned: Sequence[AlignedItem],
) -> Version:
    hours = Decimal(document["effort_hours"])
    newest = micro_credential.versions.order_by("-number").first()
    version = Version.objects.create(
        micro_credential=micro_credential,
        number=newest.number + 1 if newest else 1,
        status=VersionStatus.PUBLISHED,
        document=dict(document),
        digest=digest,
        title=document["title"],
        summary=document["summary"],
        competency=document["competency"],
        effort_hours=hours,
        turnaround_business_days=document["turnaround_business_days"],
        review_by=_day(document.get("review_by")),
        search_text=_search_text(Design(document), micro_credential, aligned),
        published_at=timezone.now(),
    )
    Alignment.objects.bulk_create(
        [Alignment(version=version, item=each.item, standing=each.standing) for each in aligned]
    )
    note_facet(version=version, facet=Facet.ROLE, values=document["audience"]["roles"])
    note_facet(version=version, facet=Facet.GRADE_BAND, values=document["audience"]["grade_bands"])
    note_facet(version=version, facet=Facet.TOPIC, values=document["topics"])
    note_facet(version=version, facet=Facet.LANGUAGE, values=Design(document).languages)
    proposed = [each.stack for each in Design(document).proposed_stacks]
    note_facet(version=version, facet=Facet.PROPOSED_STACK, values=proposed)
    note_facet(version=version, facet=Facet.EFFORT, values=[effort_band(hours)])
    return version


def _day(written: Any) -> date | None:
    """A day as a design has it; None where it has none that can be read."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _search_text(design: Design, micro_credential: MicroCredential, aligned: Sequence[AlignedItem]) -> str:
    """Every word by which somebody may look for it: its own, its issuer's, and those of the standards it serves."""
    pieces = [
        design.title,
        design.summary,
        design.competency,
        design.matters,
        design.document["method"]["name"],
        micro_credential.issuer.name,
        micro_credential.family.title,
        *design.document["topics"],
        *(f"{each.item.code} {each.item.title}" for each in aligned),
        *(requirement.title for requirement in design.requirements),
        *(criterion.title for criterion in design.rubric.criteria),
    ]
    return "\n".join(pieces)
