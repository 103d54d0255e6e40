"""The verbs of belonging to a pool: join, accept or refuse an invitation, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels.errors import NoSuchMember, NotInvited
from longleaf.panels.events import Event
from longleaf.panels.models import Assessor, PoolMember, SpokenLanguage
from longleaf.panels.status import MEMBER_MOVES, READER_ROLES, MemberStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, RoleHeld


@transaction.atomic
def join(*, person: Person, pool: Organisation, acting_person: Person | None) -> PoolMember:
    """Make somebody an active member of a pool. Joining where one is a member changes nothing.

    A pause is left as it is: the lead who paused somebody ends it (`panels.pool.leading`).
    """
    member = PoolMember.objects.select_for_update().filter(pool=pool, assessor=person.pk).first()
    if member is None:
        member = PoolMember.objects.create(
            pool=pool, assessor=assessor_of(person), status=MemberStatus.ACTIVE, since=timezone.localdate()
        )
        record_membership(Event.MEMBER_JOINED, member, acting_person)
    elif member.status in {MemberStatus.INVITED, MemberStatus.LEFT}:
        move(member, MemberStatus.ACTIVE)
        record_membership(Event.MEMBER_JOINED, member, acting_person)
    return member


def join_with_role(*, held: RoleHeld, acting_person: Person | None) -> None:
    """Whoever is given a role that reads joins the pool of that organisation (`settings.WITH_A_ROLE`)."""
    if held.role in READER_ROLES:
        join(person=held.person, pool=held.organisation, acting_person=acting_person)


@transaction.atomic
def accept(*, member: PoolMember, acting_person: Person) -> PoolMember:
    """Take an invitation: the membership begins, and with it the role that lets somebody read.

    Raises `NoSuchMember` for an invitation of somebody else, and `NotInvited` where none is open.
    """
    own = _own(member, acting_person)
    if own.status != MemberStatus.INVITED:
        raise NotInvited
    move(own, MemberStatus.ACTIVE)
    record_membership(Event.MEMBER_JOINED, own, acting_person)
    enrolling.give_role(person=acting_person, organisation=own.pool, role=Role.ASSESSOR, acting_person=acting_person)
    return own


@transaction.atomic
def leave(*, member: PoolMember, acting_person: Person) -> PoolMember:
    """Leave a pool, or refuse its invitation. Readings under way stay: hand them in, or give them back."""
    own = _own(member, acting_person)
    move(own, MemberStatus.LEFT)
    record_membership(Event.MEMBER_LEFT, own, acting_person)
    return own


def assessor_of(person: Person) -> Assessor:
    """What somebody says of themselves as an assessor; begun, with the language of this installation, where missing."""
    assessor, is_new = Assessor.objects.get_or_create(person=person)
    if is_new:
        SpokenLanguage.objects.create(assessor=assessor, code=settings.LANGUAGE_CODE.partition("-")[0])
    return assessor


def move(member: PoolMember, new: MemberStatus) -> None:
    """The one door to a member's status. Raises `WrongState` for a move that the table does not allow."""
    require_move(MEMBER_MOVES, MemberStatus(member.status), new, what="This membership")
    member.status = new
    member.since = timezone.localdate()
    member.save(update_fields=["status", "since"])


def record_membership(event: Event, member: PoolMember, acting_person: Person | None) -> None:
    data = {"pool": member.pool.code, "status": member.status}
    record(event, actor=acting_person, subject=f"assessor:{member.assessor.person.ref}", data=data)


def _own(member: PoolMember, acting_person: Person) -> PoolMember:
    rows = PoolMember.objects.select_for_update(of=("self",)).select_related("pool", "assessor__person")
    found = rows.filter(pk=member.pk, assessor=acting_person.pk).first()
    if found is None:
        raise NoSuchMember
    return found
