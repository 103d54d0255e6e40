"""Reads of decisions and instruments: what holds on a day, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from longleaf.directory.status import OrganisationKind
from longleaf.quality.models import Instrument, QualityDecision
from longleaf.quality.status import CLOSED_TO_NEW_ATTEMPTS, LETS_ISSUE, Judges, Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, State

_DECIDER = ("decided_by__code", "decided_by__state", "decided_by__kind")
RECOGNISES = frozenset({Outcome.RECOGNISED, Outcome.CONDITIONS})


@dataclass(frozen=True)
class Holding:
    """The decision of one organisation that holds on a day: its latest one that had begun by then."""

    decision: QualityDecision
    day: date

    @property
    def ended(self) -> bool:
        return self.decision.valid_until is not None and self.decision.valid_until < self.day

    @property
    def recognises(self) -> bool:
        return self.decision.outcome in RECOGNISES and not self.ended


def holding_on_version(version: Version, day: date) -> list[Holding]:
    """What holds of a version on a day, by each organisation that decided on it; one query."""
    return holding_among(QualityDecision.objects.filter(version=version), day)


def versions_recognised(versions: Iterable[int], day: date) -> dict[int, bool]:
    """Of versions, by key, whether any decision that holds on a day recognises it; those nobody decided on are left
    out. One query."""
    found: dict[int, bool] = {}
    for each in holding_among(QualityDecision.objects.filter(version__in=set(versions)), day):
        pk = each.decision.version_id
        assert pk is not None
        found[pk] = found.get(pk, False) or each.recognises
    return found


@dataclass(frozen=True)
class Recognised:
    """Days on which somebody recognised a version: a state, by the code that policies write, such as NC, where its
    agency did; any other organisation by its own code."""

    by: str
    first: date
    last: date


def recognised_ever(versions: Iterable[int]) -> dict[int, tuple[Recognised, ...]]:
    """Of versions, by key, who recognised them from when until when; what nobody recognised is left out. One query."""
    rows = (
        QualityDecision.objects.filter(version__in=set(versions))
        .order_by("version", "decided_by", "valid_from", "pk")
        .values_list("version", "decided_by", "valid_from", "valid_until", "outcome", *_DECIDER)
    )
    found: dict[int, list[Recognised]] = {}
    for _, decisions in groupby(rows, key=itemgetter(0, 1)):
        held = list(decisions)
        for place, (version, _, first, until, outcome, code, state, kind) in enumerate(held):
            # Of each organisation's decisions the last replaces those before it, from its first day on.
            replaced = held[place + 1][2] - timedelta(days=1) if place + 1 < len(held) else date.max
            last = min(until or date.max, replaced)
            if outcome in RECOGNISES and first <= last:
                found.setdefault(version, []).append(Recognised(_name(code, state, kind), first, last))
    return {version: tuple(days) for version, days in found.items()}


def _name(code: str, state: str, kind: str) -> str:
    return state.upper() if kind == OrganisationKind.STATE_AGENCY else code


def holding_on_organisation(
    organisation: Organisation, day: date, *, judged_as: Collection[Judges] = LETS_ISSUE
) -> list[Holding]:
    """What holds of an organisation on a day, by each organisation that decided on it; one query.

    As an issuer, unless told as what. An application that was returned leaves what holds: an approval goes on until
    its term is over.
    """
    return holding_among(QualityDecision.objects.filter(organisation=organisation, judged_as__in=judged_as), day)


def plan_in_force(organisation: Organisation, on: date) -> QualityDecision | None:
    """The decision by which the state lets a school unit renew licenses by a plan of its own on a day; None without."""
    holding = holding_on_organisation(organisation, on, judged_as=[Judges.PLAN])
    return next((each.decision for each in holding if each.recognises), None)


@dataclass(frozen=True)
class Term:
    """Days through which a decision recognises something: from the first through the last; None leaves that open."""

    decision: QualityDecision
    first: date
    until: date | None
    # The application that was decided last: no further one is behind the end of a suspension or met conditions.
    application_id: int | None


def plan_terms(organisations: Collection[int]) -> dict[int, list[Term]]:
    """The terms through which the state lets school units, by their keys, renew by plans of their own, in their order;
    those without any are left out. One query."""
    decided = QualityDecision.objects.filter(organisation__in=organisations, judged_as=Judges.PLAN)
    rows = decided.exclude(outcome=Outcome.RETURNED).select_related("decided_by", "review").order_by("valid_from", "pk")
    of_each: dict[int, list[QualityDecision]] = {}
    for row in rows if organisations else ():
        of_each.setdefault(row.organisation_id or 0, []).append(row)
    return {organisation: found for organisation, held in of_each.items() if (found := list(_terms(held)))}


def _terms(decisions: Sequence[QualityDecision]) -> Iterator[Term]:
    application: int | None = None
    for number, decision in enumerate(decisions):
        review = getattr(decision, "review", None)
        application = review.application_id if review else application
        following = decisions[number + 1].valid_from - timedelta(days=1) if number + 1 < len(decisions) else None
        until = min((day for day in (decision.valid_until, following) if day), default=None)
        if decision.outcome in RECOGNISES and (until is None or decision.valid_from <= until):
            yield Term(decision, decision.valid_from, until, application)


def issuer_closed_by(organisation: Organisation, day: date) -> QualityDecision | None:
    """The decision because of which nobody may begin on anything of an issuer: its approval is suspended or withdrawn.

    An organisation that may issue in more than one way is closed when none of them is left.
    """
    return _issuers_closed([organisation.pk], day).get(organisation.pk)


def _issuers_closed(organisations: Collection[int], day: date) -> dict[int, QualityDecision]:
    """The same of many, by their keys; open ones are left out. One query."""
    decisions = QualityDecision.objects.filter(organisation__in=organisations, judged_as__in=LETS_ISSUE)
    holding = holding_among(decisions, day) if organisations else []
    open_ones = {each.decision.organisation_id for each in holding if each.recognises}
    return {
        each.decision.organisation_id: each.decision
        for each in holding
        if each.decision.organisation_id
        and each.decision.organisation_id not in open_ones
        and each.decision.outcome in CLOSED_TO_NEW_ATTEMPTS
    }


def earlier_version_recognised(version: Version, day: date) -> Version | None:
    """The newest earlier version of the same micro-credential that is recognised on a day."""
    decisions = QualityDecision.objects.filter(
        version__micro_credential=version.micro_credential_id, version__number__lt=version.number
    )
    earlier = [each.decision.version for each in holding_among(decisions, day) if each.recognises]
    return max((each for each in earlier if each), key=lambda each: each.number, default=None)


def instruments(state: State) -> QuerySet[Instrument]:
    """The rubrics and criteria of a state, each text that was ever loaded, newest first."""
    return Instrument.objects.filter(state=state).order_by("code", "-loaded_at", "-pk")


def instrument(state: State, code: str, edition: str = "") -> Instrument | None:
    """The newest text of an instrument, or of one of its editions; None when there is none such."""
    found = instruments(state).filter(code=code)
    return (found.filter(edition=edition) if edition else found).first()


def closed_by(version: Version, day: date) -> QualityDecision | None:
    """The decision because of which nobody may begin on a version: its recognition is suspended or withdrawn.

    Where nobody decided on the version itself, what holds of the newest earlier one does: a new version alone does not
    open what was closed. Nor does a design that was returned: that recognises nothing. Where nothing closes the
    version, what closes its issuer does.
    """
    return closed_among([version], day).get(version.pk)


def closed_among(versions: Sequence[Version], day: date) -> dict[int, QualityDecision]:
    """The same of many versions, by their keys; open ones are left out. Two queries."""
    made = {each.micro_credential_id for each in versions}
    decisions = QualityDecision.objects.filter(version__micro_credential__in=made).exclude(outcome=Outcome.RETURNED)
    holding = [each.decision for each in holding_among(decisions, day)] if made else []
    issuers = _issuers_closed({each.micro_credential.issuer_id for each in versions}, day)
    found = {each.pk: _closing(each, holding) or issuers.get(each.micro_credential.issuer_id) for each in versions}
    return {key: decision for key, decision in found.items() if decision}


def _closing(version: Version, holding: Sequence[QualityDecision]) -> QualityDecision | None:
    """What closes a version, of what holds of any version of any micro-credential."""
    own = [
        (each.version.number, each)
        for each in holding
        if each.version
        and each.version.micro_credential_id == version.micro_credential_id
        and each.version.number <= version.number
    ]
    newest = max((number for number, _ in own), default=0)
    return next((each for number, each in own if number == newest and each.outcome in CLOSED_TO_NEW_ATTEMPTS), None)


def design_rubric(state: State) -> Instrument | None:
    """The rubric by which the state reviews designs now."""
    return instrument_in_use(state, Judges.DESIGN)


def instrument_in_use(state: State, judges: Judges) -> Instrument | None:
    """The text by which the state judges something now; None where it has none, or none whose day has come."""
    return texts_in_force([state.pk]).filter(judges=judges).first()


def texts_in_force(states: Collection[str]) -> QuerySet[Instrument]:
    """The texts of states, by their codes, whose day has come, the one on top that a pack gave last: for each thing
    that a state judges, the first of them is in use."""
    begun = Q(begins__isnull=True) | Q(begins__lte=timezone.localdate().isoformat())
    # Cast, or SQLite would take the day that it is compared with for JSON.
    texts = Instrument.objects.annotate(begins=Cast(KT("document__effective_from"), TextField()))
    return texts.filter(begun, state__in=states).order_by("-loaded_at", "-pk")


def decided_alike(decision: QualityDecision) -> QuerySet[QualityDecision]:
    """Every decision of the same organisation on the same subject, in the order in which they come to hold."""
    alike = QualityDecision.objects.filter(
        decided_by=decision.decided_by_id,
        version=decision.version_id,
        organisation=decision.organisation_id,
        judged_as=decision.judged_as,
    )
    needed = ("decided_by", "instrument", "organisation", "version__micro_credential__issuer")
    return alike.select_related(*needed).order_by("valid_from", "pk")


def decided_before(decision: QualityDecision) -> list[QualityDecision]:
    """Those of them in whose place this one came, also of its own day."""
    return [each for each in decided_alike(decision) if (each.valid_from, each.pk) < (decision.valid_from, decision.pk)]


def replaced(*, by: date | None = None) -> Exists:
    """For a query of decisions on versions: whether a later one of the same agency took the place of it, where a day is
    given one that holds by then. Of two that hold from one day, the one recorded later is the later one."""
    return Exists(_later(by).filter(version=OuterRef("version")))


def replaced_on_organisation(*, by: date | None = None) -> Exists:
    """The same for decisions on organisations, of which one that was returned takes no place."""
    same = {"organisation": OuterRef("organisation"), "judged_as": OuterRef("judged_as")}
    return Exists(_later(by).filter(**same).exclude(outcome=Outcome.RETURNED))


def _later(by: date | None) -> QuerySet[QualityDecision]:
    later = Q(valid_from__gt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk"))
    found = QualityDecision.objects.filter(later, decided_by=OuterRef("decided_by"))
    return found.filter(valid_from__lte=by) if by else found


def holding_among(decisions: QuerySet[QualityDecision], day: date) -> list[Holding]:
    """What holds on a day among decisions, one for each subject and each organisation that decided on it; one query."""
    begun = decisions.filter(valid_from__lte=day).order_by("valid_from", "pk")
    rows = begun.select_related("decided_by", "instrument", "organisation", "version")
    latest: dict[tuple[object, ...], QualityDecision] = {}
    for row in rows:
        subject = subject_key(row)
        # Of each organisation's decisions on one subject the last replaces those before it.
        if subject not in latest or replaces(row):
            latest[subject] = row
    return [Holding(row, day) for row in latest.values()]


def subject_key(decision: QualityDecision) -> tuple[object, ...]:
    """Who decided on what, and as what: of decisions with the same key the last holds."""
    return (decision.decided_by_id, decision.version_id, decision.organisation_id, decision.judged_as)


def replaces(decision: QualityDecision) -> bool:
    """Whether a decision takes the place of an earlier one: an application that was returned does not."""
    return decision.version_id is not None or decision.outcome != Outcome.RETURNED
