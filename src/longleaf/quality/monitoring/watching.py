"""The verb that looks at all figures, once a day, and raises an alarm where one surely lies beyond what is allowed.

Surely: not the figure itself but its whole interval lies beyond the threshold (Wilson's interval of a share, with the
confidence that the state's rules ask for; for agreement the interval that `engines.rubrics` gives). So three of four
that are late raise nothing, and thirty of forty do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from longleaf.directory import queries as directory
from longleaf.journal.recording import record, take_turn
from longleaf.quality.events import Event
from longleaf.quality.models import Alarm, OversightRules
from longleaf.quality.monitoring import queries
from longleaf.quality.monitoring.figures import Figures
from longleaf.quality.monitoring.measuring import Reading, reading_of
from longleaf.quality.monitoring.rules import ISSUERS, AlarmRule, Rules, rules_from
from longleaf.quality.monitoring.windows import up_to
from longleaf.quality.status import AlarmStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation

Subject = tuple[int | None, int | None, str]


def look_once_a_day(*, today: date) -> int:
    """Look at every figure unless that was done today. Returns how many alarms were raised.

    Whichever worker claims the day looks. One that dies in the middle leaves the rest to the next day.
    """
    state = directory.current_state()
    if state is None or directory.agency() is None:
        return 0
    not_yet = Q(looked_on__isnull=True) | Q(looked_on__lt=today)
    if not OversightRules.objects.filter(not_yet, state=state).update(looked_on=today):
        return 0
    return look(today=today)


def look(*, today: date) -> int:
    """Look at every figure now. What rings already, or was closed not long ago, is not raised again."""
    agency = directory.agency()
    held = OversightRules.objects.filter(state=directory.current_state()).first()
    rules = rules_from(held.document if held else {})
    if agency is None or not rules.alarms:
        return 0
    known = _known(rules, today)
    found = [each for each in _beyond(rules, today) if _subject(each) not in known]
    return sum(_raise(each, agency) for each in found)


def _beyond(rules: Rules, today: date) -> Iterator[Alarm]:
    """The alarms that today's figures would raise, not stored yet."""
    seen = queries.everything(up_to(today, months=rules.months))
    for rule in rules.alarms:
        subjects = seen.by_issuer if rule.of == ISSUERS else seen.by_version
        for subject, figures in subjects:
            reading = reading_of(rule.measure, figures, rules.confidence)
            if reading and reading.number >= rule.at_least:
                yield from _ringing(rule, reading, subject, figures, today)


def _ringing(
    rule: AlarmRule, reading: Reading, subject: Version | Organisation, figures: Figures, today: date
) -> Iterator[Alarm]:
    is_above = rule.above is not None and reading.low > rule.above
    threshold = rule.above if is_above else rule.below
    if threshold is None or not (is_above or reading.high < threshold):
        return
    about = {"organisation": subject} if rule.of == ISSUERS else {"version": subject}
    yield Alarm(
        **about,
        measure=rule.measure,
        is_above=is_above,
        threshold=threshold,
        value=reading.value,
        low=reading.low,
        high=reading.high,
        number=reading.number,
        first_day=figures.window.first,
        raised_on=today,
    )


def _known(rules: Rules, today: date) -> set[Subject]:
    quiet_since = today - timedelta(days=rules.quiet_days)
    recent = Alarm.objects.filter(~Q(status=AlarmStatus.CLOSED) | Q(closed_on__gt=quiet_since))
    return set(recent.values_list("version", "organisation", "measure"))


def _subject(alarm: Alarm) -> Subject:
    return alarm.version_id, alarm.organisation_id, alarm.measure


@transaction.atomic
def _raise(alarm: Alarm, agency: Organisation) -> int:
    # Two workers at the same moment wait for each other here, and the second finds what the first raised.
    take_turn()
    same = Alarm.objects.filter(version=alarm.version_id, organisation=alarm.organisation_id, measure=alarm.measure)
    if same.exclude(status=AlarmStatus.CLOSED).exists():
        return 0
    alarm.agency = agency
    alarm.full_clean()
    alarm.save(force_insert=True)
    data = {
        "about": about(alarm),
        "measure": alarm.measure,
        "value": f"{alarm.value:.3f}",
        "interval": f"{alarm.low:.3f} to {alarm.high:.3f}",
        "threshold": f"{alarm.threshold:g}",
        "number": alarm.number,
    }
    record(Event.ALARM_RAISED, actor=None, subject=subject_of(alarm), data=data)
    return 1


def subject_of(alarm: Alarm) -> str:
    """How the journal names an alarm."""
    return f"alarm:{alarm.ref}"


def about(alarm: Alarm) -> str:
    """What an alarm is about, as the journal names it."""
    if alarm.version is not None:
        return f"micro-credential:{alarm.version.micro_credential.slug}, version {alarm.version.number}"
    return f"organisation:{alarm.organisation.code}" if alarm.organisation else ""
