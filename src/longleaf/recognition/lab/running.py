"""The verb that asks for a lab, and the chore that reckons it, a stretch of people at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines.policy import policy_from_document
from longleaf.journal.recording import record
from longleaf.recognition import overlays, policies, statewide
from longleaf.recognition.editor import access, queries
from longleaf.recognition.editor.drafting import held
from longleaf.recognition.editor.errors import UnusablePolicyDraft
from longleaf.recognition.editor.events import Event
from longleaf.recognition.editor.reading import read
from longleaf.recognition.lab.pricing import Prices, rules_of
from longleaf.recognition.lab.sums import Misfit, Sums, groups_of, titles_of_roles
from longleaf.recognition.models import PolicyLab

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.recognition.models import PolicyDraft

# How long a worker has a lab before another takes over; it is renewed after every stretch.
LEASE = timedelta(minutes=10)
UP_TO_FAR = 100


@transaction.atomic
def ask(*, draft: PolicyDraft, on: date, acting_person: Person) -> PolicyLab:
    """Ask that a draft as it stands be reckoned for everybody, beside what is in force today.

    The same text asked again as of the same day is the same lab. Raises `UnusablePolicyDraft` where the text has
    mistakes, no policy is in force, or the day is too far; and `NotYoursToWrite`.
    """
    access.require_writer(acting_person)
    found = held(draft)
    told = read(found.text)
    before = queries.text_now(found.state)
    if told.policy is None or told.document is None:
        raise UnusablePolicyDraft("Nothing is reckoned yet. Mend the text first; each place is told with its line.")
    if before is None:
        raise UnusablePolicyDraft("Nothing is reckoned yet: no policy is in force that the draft could stand beside.")
    if abs(on.year - timezone.localdate().year) > UP_TO_FAR:
        raise UnusablePolicyDraft("Choose a day that is nearer to today.", fields={"on": "Choose a nearer day."})
    lab, is_new = PolicyLab.objects.get_or_create(
        draft=found,
        digest=policies.digest_of(told.document),
        before=before,
        on=on,
        defaults={"proposed": dict(told.document), "asked_by": acting_person},
    )
    if is_new:
        data = {"lab": lab.ref, "draft": found.ref, "digest": lab.digest, "before": before.digest, "on": on.isoformat()}
        record(Event.LAB_ASKED, actor=acting_person, subject=f"state:{found.state_id}", data=data)
    return lab


def run_labs() -> int:
    """Reckon one lab that waits, until it is finished. Returns how many stretches of people were reckoned.

    A lab is claimed with a lease that every stretch renews: one whose worker is gone is taken up where it was left.
    """
    lab = _claimed()
    if lab is None:
        return 0
    before = policies.policy_with(lab.before_id, lab.before.digest)
    after = policy_from_document(lab.proposed)
    sums, roles = Sums.of(lab.found), titles_of_roles([after, before])
    laid_before, laid_after = overlays.laid_over(before, lab.on), overlays.laid_over(after, lab.on)
    prices = Prices(before, laid_before.policies.values()), Prices(after, laid_after.policies.values())
    sums.rules, sums.misfits = rules_of(*prices), _misfits(laid_after)
    PolicyLab.objects.filter(pk=lab.pk).update(people=statewide.how_many())
    stretches = 0
    for last, evaluated in statewide.evaluate_in_stretches([before, after], lab.on, after=lab.after):
        number = _add(sums, evaluated, lab.on, roles, prices)
        if not _keep(lab, sums, last, number):
            return stretches
        stretches += 1
    now = timezone.now()
    PolicyLab.objects.filter(pk=lab.pk, finished_at__isnull=True).update(finished_at=now, claimed_until=None)
    return stretches + 1


def _misfits(laid: overlays.Laid) -> tuple[Misfit, ...]:
    """The documents of units that could not be laid over a policy, by the names of the units."""
    units = directory.organisations_by_key(laid.misfits)
    told = (Misfit(units[pk].name, str(error.mistakes[0])) for pk, error in laid.misfits.items())
    return tuple(sorted(told, key=lambda it: it.unit))


def _claimed() -> PolicyLab | None:
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = PolicyLab.objects.filter(free, finished_at__isnull=True)
    for pk in waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:5]:
        if PolicyLab.objects.filter(free, pk=pk, finished_at__isnull=True).update(claimed_until=now + LEASE):
            return PolicyLab.objects.select_related("before").get(pk=pk)
    return None


def _add(
    sums: Sums,
    evaluated: Iterable[statewide.Evaluated],
    on: date,
    roles: dict[str, str],
    prices: tuple[Prices, Prices],
) -> int:
    number = 0
    for each in evaluated:
        before, after = each.tallies
        sums.add(groups_of(each.licence, each.employer, on=on, roles=roles), before, after, prices)
        number += 1
    return number


def _keep(lab: PolicyLab, sums: Sums, last: int, number: int) -> bool:
    """Keep what a stretch added, unless another worker has the lab by now."""
    still_mine = PolicyLab.objects.filter(pk=lab.pk, after=lab.after, finished_at__isnull=True)
    lab.after, lab.done = last, lab.done + number
    kept = {"found": sums.as_document(), "after": last, "done": lab.done, "claimed_until": timezone.now() + LEASE}
    return bool(still_mine.update(**kept))
