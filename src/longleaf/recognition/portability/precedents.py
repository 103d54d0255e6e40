"""Precedents: what was decided once is remembered, proposed for the next badge like it, and applied where it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal.recording import record
from longleaf.recognition import records
from longleaf.recognition.models import ImportedBadge, Precedent
from longleaf.recognition.portability import access, repeating
from longleaf.recognition.portability.errors import NotYoursToDecide, UnusableDecision
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.status import GivenTo

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person

COUNTS = ("micro_credential", "amount", "categories", "topics", "alignments")


@transaction.atomic
def set_precedent(
    *,
    like: ImportedBadge,
    organisation: Organisation,
    accepts: bool,
    counts: Mapping[str, Any],
    reason: str,
    decides_alone: bool,
    valid_until: date | None,
    acting_person: Person,
) -> Precedent:
    """Remember a decision on a badge for later ones like it; an earlier precedent of the organisation ends.

    Raises `NotYoursToDecide`, and `UnusableDecision` where it should decide alone of badges that cannot be told apart
    for certain, or would end before it begins.
    """
    if not access.may_set_precedent(acting_person, organisation):
        raise NotYoursToDecide("Only a recognizer of this organization remembers what it decided.")
    today = timezone.localdate()
    _require_sound(like, decides_alone, valid_until, today)
    end_all = _like(like).filter(organisation=organisation).filter(_in_force(today)).select_for_update()
    end_all.update(valid_until=today - timedelta(days=1))
    made = Precedent.objects.create(
        organisation=organisation,
        issuer_id=_issuer_of(like),
        issuer_name=like.issuer_name,
        achievement_id=like.achievement_id,
        title=like.title,
        accepts=accepts,
        reason=reason,
        decides_alone=decides_alone,
        valid_from=today,
        valid_until=valid_until,
        set_by=acting_person,
        **(counts if accepts else {}),
    )
    data = {
        "precedent": made.pk,
        "achievement": made.achievement_id or made.title,
        "issuer": made.issuer_id or made.issuer_name,
        "accepts": accepts,
        "decides_alone": decides_alone,
        "valid_until": valid_until.isoformat() if valid_until else None,
    }
    record(Event.PRECEDENT_SET, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return made


@transaction.atomic
def end_precedent(*, precedent: Precedent, acting_person: Person) -> Precedent:
    """End a precedent with yesterday; what it decided stays decided. Raises `NotYoursToDecide`."""
    held = Precedent.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=precedent.pk)
    if not access.may_set_precedent(acting_person, held.organisation):
        raise NotYoursToDecide("Only a recognizer of this organization ends what it decided.")
    yesterday = timezone.localdate() - timedelta(days=1)
    if held.valid_until is not None and held.valid_until <= yesterday:
        return held
    held.valid_until = yesterday
    held.save(update_fields=["valid_until"])
    subject = f"organisation:{held.organisation.code}"
    record(Event.PRECEDENT_ENDED, actor=acting_person, subject=subject, data={"precedent": held.pk})
    return held


def proposed_for(imported: ImportedBadge) -> list[Precedent]:
    """What was decided of badges like this one and holds today: of the educator's own school unit first."""
    employer, agency = directory.employer_of(imported.person), directory.agency()
    known = [each.pk for each in (employer, agency) if each]
    found = _like(imported).filter(_in_force(timezone.localdate()), organisation__in=known)
    rows = found.select_related("organisation", "micro_credential__current", "set_by").order_by("-set_at", "-pk")
    return sorted(rows, key=lambda each: known.index(each.organisation_id))


def deciding(imported: ImportedBadge) -> Precedent | None:
    """The precedent that decides by itself of this badge, or None.

    Only of a badge that verifies in every step, was given to an address of its earner, and names the very same
    achievement of the very issuer that was proven, and that would not stand for what was earned here in the same cycle.
    Of everything else somebody decides.
    """
    certain = imported.verdict == Verdict.VALID and imported.given_to == GivenTo.MATCHED
    if not (certain and imported.achievement_id and imported.proven_issuer):
        return None
    alike = (
        each
        for each in proposed_for(imported)
        if (each.achievement_id, each.issuer_id) == (imported.achievement_id, imported.proven_issuer)
    )
    # The nearest one speaks, also where it wants every badge looked at.
    nearest = next(alike, None)
    if nearest is None or not nearest.decides_alone:
        return None
    stands_for = nearest.micro_credential if nearest.accepts else None
    return None if stands_for and counts_already(imported, stands_for) else nearest


def counts_already(imported: ImportedBadge, micro_credential: MicroCredential) -> bool:
    """Whether its bringer earned a micro-credential here in the cycle in which the badge would count as it."""
    licence = records.licence_of(imported.person, timezone.localdate())
    return repeating.is_earned_here(
        imported, micro_credential.pk, records.as_engine_licence(licence) if licence else None
    )


def counts_of(precedent: Precedent) -> dict[str, Any]:
    """As what a precedent lets badges count, as fields of a decision."""
    return {name: getattr(precedent, name) for name in COUNTS}


def _issuer_of(imported: ImportedBadge) -> str:
    return imported.proven_issuer or imported.issuer_id


def _like(imported: ImportedBadge) -> QuerySet[Precedent]:
    """Precedents on the same achievement; where either names none, on the same name of the same issuer."""
    of_issuer = Q(issuer_id=_issuer_of(imported)) if _issuer_of(imported) else Q(issuer_name=imported.issuer_name)
    same = Q(achievement_id=imported.achievement_id) if imported.achievement_id else Q(pk__in=[])
    named = Q(title=imported.title) & (Q(achievement_id="") if imported.achievement_id else Q())
    return Precedent.objects.filter(of_issuer & (same | named))


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def _require_sound(like: ImportedBadge, decides_alone: bool, valid_until: date | None, today: date) -> None:
    fields = {}
    if decides_alone and not (like.achievement_id and like.proven_issuer):
        fields["remember"] = (
            "Later badges could not be told apart for certain: this one names no achievement, or nobody could prove who"
            " issued it. Let the decision be proposed instead."
        )
    if valid_until and valid_until < today:
        fields["valid_until"] = f"Choose {today:%B %-d, %Y} or a later day."
    if fields:
        raise UnusableDecision("Nothing is decided yet.", fields=fields)
