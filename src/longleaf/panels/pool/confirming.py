"""The verb by which a lead confirms what a member of the pool says they know about."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.panels.access import may_lead_pool
from longleaf.panels.errors import ConfirmsThemselves, NoSuchMember, UnknownQualification
from longleaf.panels.events import Event
from longleaf.panels.models import ConfirmedQualification, PoolMember

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def confirm(*, member: PoolMember, codes: Collection[str], acting_person: Person) -> PoolMember:
    """Confirm these qualifications of a member and no others; confirming the same again changes nothing.

    Raises `NoSuchMember` for whoever does not lead the pool, `ConfirmsThemselves`, and `UnknownQualification` for what
    the member does not say of themselves.
    """
    rows = PoolMember.objects.select_for_update(of=("self",)).select_related("pool", "assessor__person")
    held = rows.get(pk=member.pk)
    if not may_lead_pool(acting_person, held.pool_id):
        raise NoSuchMember
    if held.assessor_id == acting_person.pk:
        raise ConfirmsThemselves
    told, wanted = set(held.assessor.qualifications.values_list("code", flat=True)), set(codes)
    if wanted - told:
        sentence = "Only what somebody tells of themselves can be confirmed. Look again: they may have changed it."
        raise UnknownQualification(sentence, fields={"confirmed": sentence})
    before = set(held.confirmed.values_list("code", flat=True))
    if wanted != before:
        _keep(held, before, wanted, acting_person)
    return held


def _keep(held: PoolMember, before: set[str], wanted: set[str], acting_person: Person) -> None:
    held.confirmed.filter(code__in=before - wanted).delete()
    ConfirmedQualification.objects.bulk_create(
        ConfirmedQualification(member=held, code=code, confirmed_by=acting_person, confirmed_on=timezone.localdate())
        for code in sorted(wanted - before)
    )
    data = {"pool": held.pool.code, "confirmed": sorted(wanted), "no_longer": sorted(before - wanted)}
    subject = f"assessor:{held.assessor.person.ref}"
    record(Event.QUALIFICATIONS_CONFIRMED, actor=acting_person, subject=subject, data=data)
