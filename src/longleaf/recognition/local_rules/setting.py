"""A school unit's own rules on top of the state's policy: the verb that sets them, and the reads.

They may ask for more and never for less: `engines.policy.overlays` refuses everything else. What a unit asks is told
beside what the licence needs, and changes neither the licence's ledger nor what the unit hands the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.journal.recording import record
from longleaf.kit import keeping
from longleaf.recognition import access, policies, records
from longleaf.recognition.errors import NoPolicy, NotYoursToRecord, UnusableLocalRules
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalRules

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.recognition.ledgers import Standing

MOST_OF_A_SORT = 8
MOST_CREDITS = Decimal(40)
PRIOR = "prior_approval"


@dataclass(frozen=True)
class AskedPart:
    """So many credits of something on top, of roles (none means all), taken as a rule of the state's policy takes."""

    title: str
    credits: Decimal
    takes: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedCap:
    """At most so many credits of a kind, in a cycle or a year."""

    kind: str
    at_most: Decimal
    per: str = "cycle"


@dataclass(frozen=True)
class Asked:
    """Everything that a unit asks on top; nothing ends what it asked before. `beforehand` are kinds of credit."""

    parts: tuple[AskedPart, ...] = ()
    caps: tuple[AskedCap, ...] = ()
    beforehand: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.parts or self.caps or self.beforehand)


@transaction.atomic
def set_rules(
    *, organisation: Organisation, asked: Asked, reason: str, valid_from: date | None = None, acting_person: Person
) -> LocalRules:
    """Set what a school unit asks on top from a day on, today unless told; the rules before it hold until then.

    Nothing is asked backwards. Raises `NotYoursToRecord`, `NoPolicy`, and `UnusableLocalRules` with a sentence for each
    field, among them whatever would take from what the state asks.
    """
    if not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord("Only a professional learning officer of this school unit sets its rules.")
    policy = policies.renewal_policy()
    if policy is None:
        raise NoPolicy("This state has not published a renewal policy here yet, so nothing can be asked on top of it.")
    starts = valid_from or timezone.localdate()
    wrong = {}
    if not reason.strip() or len(reason.strip()) > 300:
        wrong["reason"] = "Say in a sentence of at most 300 characters why; it is shown on every ledger."
    if starts < timezone.localdate():
        wrong["valid_from"] = "Nothing is asked backwards. Choose today or a later day."
    if any(not 0 < each.credits <= MOST_CREDITS for each in asked.parts):
        wrong["parts"] = f"Ask for more than 0 and at most {MOST_CREDITS} credits."
    if records.MICRO_CREDENTIAL in asked.beforehand:
        wrong["beforehand"] = "A micro-credential is judged when it is assessed; nobody approves one beforehand here."
    document = {} if asked.is_nothing else _as_overlay(asked, organisation, policy)
    wrong |= {field: sentence for field, sentence in _mistakes(document, policy) if field not in wrong}
    if wrong:
        raise UnusableLocalRules("These rules cannot be used.", fields=wrong)
    facts = {"valid_from": starts, "reason": reason.strip(), "set_by": acting_person, "set_at": timezone.now()}
    rules = LocalRules.objects.create(organisation=organisation, document=document, **facts)
    data = {"document": document, "valid_from": starts.isoformat(), "reason": reason.strip()}
    record(Event.LOCAL_RULES_SET, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return rules


def rules_on(organisation: Organisation, day: date) -> LocalRules | None:
    """What a unit asks on a day: of those that had begun the one with the latest day, the one set last."""
    found = LocalRules.objects.filter(organisation=organisation, valid_from__lte=day).order_by("-valid_from", "-pk")
    return found.select_related("organisation", "set_by").first()


def history_of(organisation: Organisation) -> list[LocalRules]:
    """Everything that a unit asked, asks or will ask, the latest day first; one query."""
    found = LocalRules.objects.filter(organisation=organisation).select_related("set_by")
    return list(found.order_by("-valid_from", "-pk")[:50])


@dataclass(frozen=True)
class LocalStanding:
    """What a unit asks of somebody beside their licence: its rules, and the ledger with both together."""

    rules: LocalRules
    ledger: engine.Ledger
    own_codes: frozenset[str]

    @property
    def parts(self) -> list[Any]:
        """The unit's own parts, apart from the state's."""
        return [part for part in self.ledger.categories if part.code in self.own_codes]

    @property
    def limits(self) -> list[str]:
        """The unit's caps and approvals beforehand, by their titles."""
        return [each["title"] for key in ("caps", "admissions") for each in self.rules.document.get(key, ())]


def standing_beside(person: Person, standing: Standing, *, on: date) -> LocalStanding | None:
    """What somebody's school unit asks beside their licence on a day; None where it asks nothing."""
    employer = directory.employer_of(person)
    if standing.policy is None or standing.ledger is None or standing.licence is None or employer is None:
        return None
    if standing.ledger.settled:
        return None
    rules = rules_on(employer, on)
    if rules is None or not rules.document:
        return None
    policy, document = standing.policy, rules.document
    over = keeping.as_decided("local rules", rules.pk, make=lambda: _laid_over(policy, document))
    if over is None:
        return None
    found = engine.ledger(over, records.record_of(person, standing.licence), on=on)
    return LocalStanding(rules, found, frozenset(each["code"] for each in document.get("categories", ())))


def _laid_over(policy: engine.Policy, document: dict[str, Any]) -> engine.Policy | None:
    """None where a state's newer policy no longer has what the unit's rules rest on."""
    try:
        return engine.overlaid(policy, document)
    except engine.PolicyError:
        return None


def asked_in(document: dict[str, Any]) -> Asked:
    """What a document of ours asks, as it was given."""
    titles = {each["code"]: each["title"] for each in document.get("categories", ())}
    return Asked(
        parts=tuple(
            AskedPart(titles[each["category"]], Decimal(each["credits"]), each["takes"], tuple(each["roles"]))
            for each in document.get("parts", ())
        ),
        caps=tuple(AskedCap(each["of"][0], Decimal(each["at_most"]), each["per"]) for each in document.get("caps", ())),
        beforehand=tuple(each["of"][0] for each in document.get("admissions", ())),
    )


def _as_overlay(asked: Asked, organisation: Organisation, policy: engine.Policy) -> dict[str, Any]:
    """The rules as a document over the policy; each has a name of its own, so that a ledger says whose it is."""
    sure = {"source_ids": [], "standing": "synthetic" if organisation.standing == "synthetic" else "proposed"}
    kinds = {kind.code: kind.title for kind in policy.kinds}
    name = f"{organisation.code}-local"
    return {
        "overlay_of": policy.id,
        "by": organisation.name,
        "id": name,
        "title": f"What {organisation.name} asks on top",
        **sure,
        "categories": [_category(name, number, part) for number, part in enumerate(asked.parts, 1)],
        "parts": [
            {
                "roles": list(part.roles or (role.code for role in policy.roles)),
                "category": f"{name}-{number}",
                "credits": str(part.credits),
                "takes": part.takes,
            }
            for number, part in enumerate(asked.parts, 1)
        ],
        "caps": [
            {
                "id": f"{name}-cap-{number}",
                "title": f"{organisation.name} counts at most {policy.unit.amount(cap.at_most)} of "
                f"“{kinds.get(cap.kind, cap.kind)}” in a {cap.per}",
                "of": [cap.kind],
                "at_most": str(cap.at_most),
                "per": cap.per,
                **sure,
            }
            for number, cap in enumerate(asked.caps, 1)
        ],
        "admissions": [
            {
                "id": f"{name}-before-{number}",
                "title": f"{organisation.name} approves “{kinds.get(kind, kind)}” before it begins",
                "of": [kind],
                "when": {"kind": PRIOR},
                "otherwise": f"{organisation.name} asks for its approval before the work begins.",
                **sure,
            }
            for number, kind in enumerate(asked.beforehand, 1)
        ],
    }


def _category(name: str, number: int, part: AskedPart) -> dict[str, Any]:
    return {"code": f"{name}-{number}", "title": part.title.strip()}


def _mistakes(document: dict[str, Any], policy: engine.Policy) -> Sequence[tuple[str, str]]:
    """What the policy engine says against a document, each at the field of the form that it came from."""
    if not document:
        return ()
    try:
        engine.overlaid(policy, document)
    except engine.PolicyError as wrong:
        fields = {"caps": "caps", "admissions": "beforehand"}
        return [(fields.get(each.path.partition("[")[0], "parts"), each.reason) for each in wrong.mistakes]
    return ()
