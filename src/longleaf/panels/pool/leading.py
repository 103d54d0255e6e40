"""The verbs of whoever leads a pool: invite somebody into it, pause a member, let them go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.panels.access import may_lead_pool
from longleaf.panels.errors import NobodyToInvite, NoSuchMember, NotPaused
from longleaf.panels.events import Event
from longleaf.panels.models import PoolMember
from longleaf.panels.pool.joining import assessor_of, move, record_membership
from longleaf.panels.status import MemberStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def invite(*, pool: Organisation, address: str, acting_person: Person) -> PoolMember:
    """Invite somebody who is enrolled, by any verified address of theirs; they are written to and decide themselves.

    Raises `NoSuchMember` for whoever does not lead the pool, `NobodyToInvite`, and `WrongState` for somebody who is a
    member or invited already.
    """
    _require_lead(pool.pk, acting_person)
    person = _invited(address)
    member, is_new = PoolMember.objects.select_for_update().get_or_create(
        pool=pool,
        assessor=assessor_of(person),
        defaults={"status": MemberStatus.INVITED, "since": timezone.localdate()},
    )
    if not is_new:
        move(member, MemberStatus.INVITED)
    record_membership(Event.MEMBER_INVITED, member, acting_person)
    transaction.on_commit(lambda: _write_to(person, pool))
    return member


@transaction.atomic
def pause(*, member: PoolMember, acting_person: Person) -> PoolMember:
    """Let nothing new be offered to a member. What they have under way stays with them."""
    return _set(member, MemberStatus.PAUSED, Event.MEMBER_PAUSED, acting_person)


@transaction.atomic
def resume(*, member: PoolMember, acting_person: Person) -> PoolMember:
    """End a pause. Raises `NotPaused` where there is none: only the invited themselves accept an invitation."""
    if _hold(member, acting_person).status != MemberStatus.PAUSED:
        raise NotPaused
    return _set(member, MemberStatus.ACTIVE, Event.MEMBER_RESUMED, acting_person)


def _set(member: PoolMember, new: MemberStatus, event: Event, acting_person: Person) -> PoolMember:
    held = _hold(member, acting_person)
    move(held, new)
    record_membership(event, held, acting_person)
    return held


def _hold(member: PoolMember, acting_person: Person) -> PoolMember:
    rows = PoolMember.objects.select_for_update(of=("self",)).select_related("pool", "assessor__person")
    held = rows.get(pk=member.pk)
    _require_lead(held.pool_id, acting_person)
    return held


def _require_lead(pool_id: int, person: Person) -> None:
    if not may_lead_pool(person, pool_id):
        raise NoSuchMember


def _invited(address: str) -> Person:
    wanted = address.strip().lower()
    person = directory.people_named([wanted]).get(wanted) if wanted else None
    if person is None or not person.is_active:
        sentence = (
            "Nobody is enrolled with this address. Ask them for the one they sign in with, or have them enrolled."
        )
        raise NobodyToInvite(sentence, fields={"address": sentence})
    return person


def _write_to(person: Person, pool: Organisation) -> None:
    page = f"{settings.PUBLIC_URL}{reverse('pool:mine')}"
    text = render_to_string("panels/pool/invitation.txt", {"person": person, "pool": pool, "page": page})
    send_mail(f"{pool.name} asks you to read", text, settings.DEFAULT_FROM_EMAIL, [person.email])
