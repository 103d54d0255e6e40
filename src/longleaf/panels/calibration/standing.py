"""The verbs that move a certificate: enter, certify, suspend, reinstate, send back to training, lapse, withdraw.

Whoever also locks a panel locks it before the certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.errors import WrongState
from longleaf.kit.status import require_move
from longleaf.panels.calibration.access import may_sit, require_judge
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.errors import NoSuchCertification, ReasonMissing
from longleaf.panels.events import Event
from longleaf.panels.models import Certification, DriftAlarm, RubricEdition
from longleaf.panels.status import CERTIFICATION_MOVES, CertificationStatus, Source

if TYPE_CHECKING:
    from longleaf.directory.models import Person

S = CertificationStatus


@transaction.atomic
def enter_training(*, edition: RubricEdition, acting_person: Person) -> Certification:
    """Begin to train for a rubric, for the first time or after a certificate lapsed; in training already, go on.

    Raises `NoSuchCertification` for anybody but an assessor of the pool, and `WrongState` where a lead assessor must
    decide first.
    """
    if not may_sit(acting_person, edition):
        raise NoSuchCertification
    standard, now = edition.same_as or edition, timezone.now()
    held, is_new = Certification.objects.select_for_update().get_or_create(
        person=acting_person, edition=standard, defaults={"training_since": now, "watched_since": now}
    )
    if held.status == S.LAPSED:
        return _move(held, S.IN_TRAINING, Event.TRAINING_BEGUN, acting_person, because="It had lapsed.")
    if held.status == S.UNCERTIFIED:
        return _move(held, S.IN_TRAINING, Event.TRAINING_BEGUN, acting_person)
    if held.status in (S.SUSPENDED, S.WITHDRAWN):
        raise WrongState("A lead assessor decides first how you go on.")
    if is_new:
        _record(Event.TRAINING_BEGUN, held, acting_person, {})
    return held


@transaction.atomic
def certify(*, certification: Certification, on: date, acting_person: Person | None) -> Certification:
    """Give a certificate from this day on, for as long as the gate says. `panels.calibration.testing` calls it."""
    held = lock(certification.pk)
    held.certified_from = on
    held.certified_until = _months_later(on, gate_for(held.edition).valid_months)
    held.watched_since, held.sent_back_at = timezone.now(), None
    data = {"from": on.isoformat(), "until": held.certified_until.isoformat()}
    return _move(held, S.CERTIFIED, Event.CERTIFIED, acting_person, data=data)


@transaction.atomic
def suspend(*, certification: Certification, because: str, acting_person: Person | None) -> Certification:
    """Stop live work for somebody until a lead assessor has looked. By an alarm (`acting_person` None) or by a lead."""
    held = lock(certification.pk)
    if acting_person is not None:
        require_judge(acting_person, held)
    _require_reason(because)
    return _move(held, S.SUSPENDED, Event.SUSPENDED, acting_person, because=because)


@transaction.atomic
def reinstate(*, certification: Certification, because: str, acting_person: Person) -> Certification:
    """Let somebody read live work again. What was seen before counts no more toward an alarm.

    Whoever never was certified reads on without a certificate where none is required. Raises `WrongState` where nothing
    is suspended, `ReasonMissing`, `NoSuchCertification`.
    """
    held = _for_lead(certification, because, acting_person)
    if held.status != S.SUSPENDED:
        raise WrongState("Only a suspended reader can be reinstated. Reload the page to see where they stand.")
    # One that ran out while it was suspended opens nothing: the clock lets it lapse.
    held.watched_since = timezone.now()
    _close_alarms(held, acting_person, because)
    before = S.CERTIFIED if held.certified_until else S.UNCERTIFIED
    return _move(held, before, Event.REINSTATED, acting_person, because=because)


@transaction.atomic
def send_to_training(*, certification: Certification, because: str, acting_person: Person) -> Certification:
    """Ask somebody to train and to take the test again; attempts are counted anew.

    Until they pass it they get no live work by this rubric, also where a certificate is only recommended.
    """
    held = _for_lead(certification, because, acting_person)
    held.sent_back_at = timezone.now()
    _close_alarms(held, acting_person, because)
    return _move(held, S.IN_TRAINING, Event.SENT_TO_TRAINING, acting_person, because=because)


@transaction.atomic
def withdraw(*, certification: Certification, because: str, acting_person: Person) -> Certification:
    """End a certificate. Only a lead assessor can open the way back, by `send_to_training`."""
    held = _for_lead(certification, because, acting_person)
    _close_alarms(held, acting_person, because)
    return _move(held, S.WITHDRAWN, Event.WITHDRAWN, acting_person, because=because)


def lapse_ended(*, on: date) -> int:
    """Let every certificate lapse whose last day is over; returns how many did."""
    over = Certification.objects.filter(status=S.CERTIFIED, certified_until__lt=on).values_list("pk", flat=True)
    return sum(_lapse(pk, on) for pk in list(over))


@transaction.atomic
def _lapse(pk: int, on: date) -> int:
    held = lock(pk)
    if held.status != S.CERTIFIED or held.certified_until is None or held.certified_until >= on:
        return 0
    _move(held, S.LAPSED, Event.LAPSED, None, because="Its time was over.")
    return 1


def lock(pk: int) -> Certification:
    """The certificate, locked until the transaction ends."""
    rows = Certification.objects.select_for_update(of=("self",))
    return rows.select_related("edition__pool", "edition__rubric", "person").get(pk=pk)


def subject_of(certification: Certification) -> str:
    """How the journal names a certificate. Lead assessors read these lines; nobody else does."""
    return f"certification:{certification.ref}"


def ring(*, certification: Certification, source: Source, told: Mapping[str, Any], now: datetime) -> DriftAlarm:
    """Keep an alarm and suspend the certificate. The caller holds its lock."""
    alarm = DriftAlarm.objects.create(certification=certification, source=source, told=dict(told), rung_at=now)
    _record(Event.DRIFT_ALARM, certification, None, {"source": source.value, **told})
    suspend(certification=certification, because=f"Drift alarm: {alarm.says}.", acting_person=None)
    return alarm


def _for_lead(certification: Certification, because: str, acting_person: Person) -> Certification:
    held = lock(certification.pk)
    require_judge(acting_person, held)
    _require_reason(because)
    return held


def _require_reason(because: str) -> None:
    if not because.strip():
        sentence = "Say in a few words why; the assessor reads it."
        raise ReasonMissing(sentence, fields={"because": sentence})


def _close_alarms(held: Certification, lead: Person, because: str) -> None:
    held.alarms.filter(looked_at__isnull=True).update(looked_at=timezone.now(), looked_by=lead, decided=because.strip())


def _move(
    held: Certification,
    new: CertificationStatus,
    event: Event,
    acting_person: Person | None,
    *,
    because: str = "",
    data: Mapping[str, Any] | None = None,
) -> Certification:
    old = S(held.status)
    require_move(CERTIFICATION_MOVES, old, new, what="This certificate")
    held.status, held.changed_because = new, because.strip()
    if new is S.IN_TRAINING:
        held.training_since = timezone.now()
    held.save()
    _record(event, held, acting_person, {"was": old.value, "because": held.changed_because, **(data or {})})
    return held


def _record(event: Event, held: Certification, acting_person: Person | None, data: Mapping[str, Any]) -> None:
    who = {"person": held.person.ref, "rubric": held.edition.ref}
    record(event, actor=acting_person, subject=subject_of(held), data={**who, **data})


def _months_later(day: date, months: int) -> date:
    """The same day of the month so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
