"""A school unit's own rules written in a form: the verb that lays them over the state's policy, and the reads.

They may ask for more and never for less; `recognition.overlays` keeps them and reckons by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.recognition import access, overlays, policies
from longleaf.recognition.errors import NoPolicy, NotYoursToRecord, RulesFromElsewhere, UnusableLocalRules
from longleaf.recognition.models import PolicyText

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.recognition.ledgers import Standing

MOST_OF_A_SORT = 8
MOST_CREDITS = Decimal(40)
LONGEST_REASON = 300
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
def set_rules(*, organisation: Organisation, asked: Asked, reason: str, acting_person: Person) -> PolicyText:
    """Set what a school unit asks on top from today on, as its document over the state's policy.

    Raises `NotYoursToRecord`, `NoPolicy`, `RulesFromElsewhere` where its document says more than a form can hold, and
    `UnusableLocalRules` with a sentence for each field, among them whatever would take from what the state asks.
    """
    if not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord(overlays.NOT_YOURS)
    policy = policies.renewal_policy()
    if policy is None:
        raise NoPolicy(overlays.NO_POLICY)
    held = document_of(organisation)
    if held and not is_from_the_form(held, organisation):
        raise RulesFromElsewhere
    wrong = {}
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        wrong["reason"] = f"Say in a sentence of at most {LONGEST_REASON} characters why; ledgers show it."
    if any(not 0 < each.credits <= MOST_CREDITS for each in asked.parts):
        wrong["parts"] = f"Ask for more than 0 and at most {MOST_CREDITS} credits."
    document = _as_overlay(asked, organisation, policy, reason.strip())
    for field, sentence in _mistakes(document, policy):
        wrong.setdefault(field, sentence)
    if wrong:
        raise UnusableLocalRules("These rules cannot be used.", fields=wrong)
    return overlays.load_overlay(organisation=organisation, document=document, acting_person=acting_person)


def document_of(organisation: Organisation) -> dict[str, Any]:
    """The document of a unit that was loaded last; empty without one."""
    latest = history_of(organisation)[:1]
    return latest[0].document if latest else {}


def history_of(organisation: Organisation) -> list[PolicyText]:
    """Every document of a unit, the one loaded last first; one query."""
    found = PolicyText.objects.filter(state=organisation.state_id, code=overlays.code_for(organisation))
    return list(found.filter(loaded_at__isnull=False).order_by("-loaded_at", "-pk")[:50])


def is_from_the_form(document: Mapping[str, Any], organisation: Organisation) -> bool:
    """Whether a document came from here; one of a pack may say more, and is changed where it came from."""
    return document.get("id") == _name_of(organisation)


@dataclass(frozen=True)
class LocalStanding:
    """What a unit asks of somebody on top of the state, told apart from it in one ledger."""

    organisation: Organisation
    overlay: overlays.Overlay
    parts: Sequence[engine.CategoryLine]
    needed: Decimal
    counted: Decimal

    @property
    def limits(self) -> list[str]:
        """The unit's caps and approvals beforehand, by their titles."""
        return [each["title"] for key in ("caps", "admissions") for each in self.overlay.document.get(key, ())]


def standing_beside(person: Person, standing: Standing, *, on: date) -> LocalStanding | None:
    """What somebody's school unit asks on top on a day, and what the licence needs without it; None where it asks
    nothing."""
    employer = directory.employer_of(person)
    found = overlays.overlay_of(employer, on)
    if employer is None or found is None or standing.ledger is None or standing.ledger.settled:
        return None
    parts = [each for each in standing.ledger.categories if each.is_local]
    needed = standing.ledger.for_the_licence
    told = LocalStanding(employer, found, parts, needed=needed.required, counted=needed.counted)
    return told if parts or told.limits else None


def asked_in(document: Mapping[str, Any]) -> Asked:
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


def _as_overlay(asked: Asked, organisation: Organisation, policy: engine.Policy, reason: str) -> dict[str, Any]:
    """The rules as a document over the policy; each has a name of its own, so that a ledger says whose it is."""
    sure: dict[str, Any] = {
        "source_ids": [],
        "standing": "synthetic" if organisation.standing == "synthetic" else "proposed",
    }
    kinds = {kind.code: kind.title for kind in policy.kinds}
    name = _name_of(organisation)
    return {
        "overlay_of": policy.id,
        "by": organisation.name,
        "id": name,
        "title": f"What {organisation.name} asks on top",
        **sure,
        "note": reason,
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


def _name_of(organisation: Organisation) -> str:
    return f"{organisation.code}-local"


def _category(name: str, number: int, part: AskedPart) -> dict[str, Any]:
    return {"code": f"{name}-{number}", "title": part.title.strip()}


def _mistakes(document: Mapping[str, Any], policy: engine.Policy) -> Sequence[tuple[str, str]]:
    """What the policy engine says against a document, each at the field of the form that it came from."""
    try:
        engine.overlaid(policy, document)
    except engine.PolicyError as wrong:
        fields = {"caps": "caps", "admissions": "beforehand"}
        return [(fields.get(each.path.partition("[")[0], "parts"), each.reason) for each in wrong.mistakes]
    return ()
