"""The verb of whoever offers a stack: take in what its designer proposed for it. Nothing joins a stack by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from longleaf.catalog.errors import MayNotPublish, NoSuchStack, NotProposed
from longleaf.catalog.events import Event
from longleaf.catalog.models import Stack, StackMember, Version, VersionFacet
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def take_in(*, stack_slug: str, micro_credential_slug: str, acting_person: Person) -> StackMember:
    """Make a micro-credential the last member of a stack, for which what it offers now was proposed.

    One that is a member already stays where it is. Raises `NoSuchStack`, `MayNotPublish` for who is no officer of the
    stack's issuer, and `NotProposed`.
    """
    stacks = Stack.objects.select_for_update(of=("self",)).select_related("issuer")
    stack = stacks.filter(state=settings.STATE, slug=stack_slug).first()
    if stack is None:
        raise NoSuchStack
    if not directory.holds(acting_person, Role.ISSUER, organisation_id=stack.issuer_id):
        raise MayNotPublish(f"Only an issuing officer of {stack.issuer} takes something into this stack.")
    proposed = VersionFacet.objects.filter(
        facet=Facet.PROPOSED_STACK,
        value=stack.slug,
        version__status=VersionStatus.PUBLISHED,
        version__micro_credential__state=stack.state_id,
        version__micro_credential__slug=micro_credential_slug,
    )
    version = Version.objects.filter(facets__in=proposed).select_related("micro_credential").first()
    if version is None:
        raise NotProposed
    last = stack.members.aggregate(last=Max("position"))["last"] or 0
    member, is_new = StackMember.objects.get_or_create(
        stack=stack,
        micro_credential=version.micro_credential,
        defaults={"position": last + 1, "taken_in": True, "since": timezone.localdate()},
    )
    if is_new:
        data = {"micro_credential": micro_credential_slug, "version": version.number}
        record(Event.STACK_JOINED, actor=acting_person, subject=f"stack:{stack.slug}", data=data)
    return member
