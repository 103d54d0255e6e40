"""Handing each part of a pack to the app that owns it. Loading again after a change brings everything up to date.

What was published never changes: a changed micro-credential becomes a new version, a changed policy or instrument a new
text. Nothing is deleted, because badges, people and decisions may depend on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.appeals import ruling as appeals
from longleaf.awards.keys import signing_keys
from longleaf.catalog import publishing as catalog
from longleaf.catalog.errors import BegunInTheStudio
from longleaf.directory import queries as directory
from longleaf.directory import registering
from longleaf.frameworks import publishing as frameworks
from longleaf.frameworks import queries as framework_reads
from longleaf.journal import queries as journal
from longleaf.journal.recording import record
from longleaf.panels.calibration import gating
from longleaf.panels.leading import fees
from longleaf.panels.pool import ruling
from longleaf.quality import deciding, following
from longleaf.quality import publishing as instruments
from longleaf.quality.monitoring import ruling as oversight
from longleaf.quality.status import Judges, Outcome
from longleaf.recognition import noting, overlays, policies
from longleaf.recognition import ruling as practice
from longleaf.reminders import ruling as reminders
from longleaf.states.errors import Mistake, PackNotSound
from longleaf.states.events import Event
from longleaf.states.parts import AgencyCriteria, Pack, QualityRubric
from longleaf.states.parts.assessor_pools import AssessorPool, AssessorPools
from longleaf.states.parts.oversight import Oversight
from longleaf.states.parts.recognitions import Decision, QualityDecision
from longleaf.states.parts.retention import Retention
from longleaf.states.reading import read_pack

if TYPE_CHECKING:
    from pydantic import BaseModel

    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, State
    from longleaf.quality.models import Instrument

OUTCOMES = {
    Decision.RECOGNISED: Outcome.RECOGNISED,
    Decision.RECOGNISED_WITH_CONDITIONS: Outcome.CONDITIONS,
    Decision.RETURNED: Outcome.RETURNED,
    Decision.WITHDRAWN: Outcome.WITHDRAWN,
}


@dataclass(frozen=True)
class Loaded:
    """What the state has after loading, in numbers. Decisions on texts that were never loaded here are left out."""

    state: str
    organisations: int
    frameworks: int
    micro_credentials: int
    new_versions: int
    decisions: int
    decisions_left_out: int
    policies: int


@transaction.atomic
def load_pack(folder: Path) -> Loaded:
    """Check a pack and load it whole, or not at all. Raises `PackNotSound` with every mistake."""
    pack = read_pack(folder)
    state = _state(pack)
    organisations = _organisations(pack, state)
    _assessor_pools(pack, state, organisations)
    _appeals(pack, state, organisations)
    if pack.reminders:
        reminders.set_days(state=state, kinds=_plain(pack.reminders)["kinds"], acting_person=None)
    if pack.oversight:
        oversight.set_rules(state=state, document=_oversight(pack.oversight), acting_person=None)
    if pack.renewal_practice:
        told = pack.renewal_practice
        practice.set_practice(state=state, figures=told.figures, standing=told.standing.value, acting_person=None)
    _frameworks(pack, state)
    instruments_by_code = _instruments(pack, state)
    began = timezone.now()
    versions = _micro_credentials(pack, state, organisations)
    _stacks(pack, state, organisations)
    _policies(pack, state, organisations)
    for version in versions.values():
        noting.note_what_counts(version=version)
    _keys(pack, organisations)
    decisions = _decisions(pack, state, organisations, versions, instruments_by_code)
    decided = pack.recognitions
    _record(folder, state)
    return Loaded(
        state=state.name,
        organisations=len(organisations),
        frameworks=len(pack.frameworks),
        micro_credentials=len(pack.micro_credentials),
        new_versions=sum(bool(each.published_at and each.published_at >= began) for each in versions.values()),
        decisions=decisions,
        decisions_left_out=len(decided.quality_decisions) + len(decided.agency_approvals) - decisions,
        policies=len(pack.policies),
    )


def _record(folder: Path, state: State) -> None:
    """One line for each text of the pack that was loaded; the same text again changes nothing and is not told of."""
    subject, digest = f"state:{state.code}", _digest_of(folder)
    before = journal.lines_about(subject).filter(event=Event.PACK_LOADED).last()
    if before is None or before.data["digest"] != digest:
        record(Event.PACK_LOADED, actor=None, subject=subject, data={"digest": digest})


def _digest_of(folder: Path) -> str:
    """SHA-256 over the names and contents of a pack's files, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _state(pack: Pack) -> State:
    facts = pack.state
    return registering.register_state(
        code=facts.code,
        name=facts.name,
        time_zone=facts.time_zone,
        words=_plain(facts.words),
        colours=_plain(facts.colours),
        vocabulary={
            # Pairs and no mapping: a database that keeps JSON in its own form forgets the order of keys.
            name: [[entry["code"], entry["title"]] for entry in entries]
            for name, entries in _plain(pack.vocabulary).items()
        },
        glossary=[_plain(term) for term in pack.glossary],
        sources={source.code: _plain(source) for source in pack.sources},
        holidays=[holiday.day.isoformat() for holiday in pack.calendar.holidays],
        agency_code=facts.agency,
        retention=_retention(pack.retention),
        consent_forms=[_plain(form) for form in pack.consent_forms],
        model_policy=_plain(pack.model_policy) if pack.model_policy else {},
    )


def _retention(told: Retention | None) -> dict[str, Any]:
    if told is None:
        return {}
    return {"notice_days": told.notice_days, "kept": {kind.kind: _plain(kind) for kind in told.kept}}


def _policies(pack: Pack, state: State, organisations: Mapping[str, Organisation]) -> None:
    """Those of the state first, for what units ask is laid over them."""
    for policy in sorted(pack.policies, key=lambda each: overlays.unit_of(each.file) is not None):
        unit = overlays.unit_of(policy.file)
        if unit is None:
            code = policies.code_of(policy.file)
            policies.load_policy(state=state, code=code, document=policy.document, acting_person=None)
        else:
            overlays.load_overlay(organisation=organisations[unit], document=policy.document, acting_person=None)


def _organisations(pack: Pack, state: State) -> dict[str, Organisation]:
    regions = {region.code: region.name for region in pack.state.regions}
    rows = {
        each.code: {
            "slug": each.slug,
            "kind": each.kind.value,
            "name": each.name,
            "description": each.description,
            "url": each.url or "",
            "county": each.place.county if each.place else "",
            "region": regions.get(each.place.region, "") if each.place else "",
            "facts": {"place": _plain(each.place) if each.place else None, "schools": each.schools},
            "standing": each.standing.value,
            "source_ids": list(each.sources),
        }
        for each in pack.organisations
    }
    registering.register_organisations(state=state, organisations=rows)
    return directory.organisations_by_code(state.code)


def _assessor_pools(pack: Pack, state: State, organisations: Mapping[str, Organisation]) -> None:
    told = pack.assessor_pools or AssessorPools()
    # What was set by hand is not taken away by a pack that says nothing of it; so with every gate.
    if told.gate:
        gating.set_gate(state=state, document=told.gate, acting_person=None)
    for pool in told.pools:
        own = organisations[pool.organisation]
        _gates(pool, own)
        ruling.set_rules(
            organisation=own,
            rules=pool.rules,
            read_by=organisations[pool.read_by] if pool.read_by else None,
            acting_person=None,
        )
        fees.set_fees(pool=own, wanted=_fees(pool), acting_person=None)


def _gates(pool: AssessorPool, own: Organisation) -> None:
    for instrument, gate in {"": pool.gate, **{each.micro_credential: each.gate for each in pool.gates}}.items():
        if gate:
            gating.set_gate(state=own.state, pool=own, instrument=instrument, document=gate, acting_person=None)


def _appeals(pack: Pack, state: State, organisations: Mapping[str, Organisation]) -> None:
    if pack.appeals:
        named = pack.appeals.looked_at_by
        appeals.set_practice(
            state=state,
            looked_at_by=organisations[named] if named else None,
            smallest_told=pack.appeals.smallest_told,
            acting_person=None,
        )


def _oversight(told: Oversight) -> dict[str, Any]:
    """What `quality.monitoring.rules` reads, without where it was seen."""
    return {name: value for name, value in _plain(told).items() if name not in {"sources", "note"}}


def _fees(pool: AssessorPool) -> list[fees.Fee]:
    return [fees.Fee(each.since, Decimal(each.amount), each.currency) for each in pool.fees]


def _frameworks(pack: Pack, state: State) -> None:
    for position, framework in enumerate(pack.frameworks):
        items = [
            frameworks.Item(item.code, item.title, item.parent, item.description, item.standing.value)
            for item in framework.items
        ]
        frameworks.publish(
            state=state,
            code=framework.code,
            items=items,
            title=framework.title,
            owner=framework.owner,
            edition=framework.edition,
            note=framework.note,
            position=position,
            source_ids=list(framework.sources),
        )


def _instruments(pack: Pack, state: State) -> dict[str, Instrument]:
    return {
        part.code: instruments.publish_instrument(
            state=state,
            code=part.code,
            edition=part.version,
            title=part.title,
            document=_plain(part),
            standing=part.standing.value,
            judges=judges,
        )
        for judges, part in _judging(pack)
    }


def _judging(pack: Pack) -> Iterator[tuple[Judges, QualityRubric | AgencyCriteria]]:
    """What judges what, each as it stands alone."""
    yield Judges.DESIGN, pack.quality_rubric
    yield Judges.AGENCY, pack.agency_criteria
    for judges, part in ((Judges.PATHWAY, pack.pathway_criteria), (Judges.PLAN, pack.plan_criteria)):
        if part:
            yield judges, part.whole(pack.agency_criteria)


def _micro_credentials(pack: Pack, state: State, organisations: Mapping[str, Organisation]) -> dict[str, Version]:
    """Publish each; returns the version of each that is offered now, by slug."""
    families = {
        family.code: catalog.publish_family(
            state=state,
            code=family.code,
            title=family.title,
            colour=family.colour,
            icon=family.icon,
            note=family.description,
            position=position,
        )
        for position, family in enumerate(pack.families)
    }
    items = framework_reads.items_by_code(state)
    published, taken = {}, []
    for part in pack.micro_credentials:
        try:
            published[part.slug] = catalog.publish(
                state=state,
                issuer=organisations[part.issuer],
                family=families[part.family],
                document=_plain(part),
                aligned=[catalog.AlignedItem(items[each.item], each.standing.value) for each in part.alignments],
                acting_person=None,
            )
        except BegunInTheStudio as refused:
            taken.append(Mistake(f"micro-credentials/{part.slug}.yaml", None, "slug", refused.sentence))
    if taken:
        raise PackNotSound(taken)
    return published


def _stacks(pack: Pack, state: State, organisations: Mapping[str, Organisation]) -> None:
    for stack in pack.stacks:
        catalog.gather_stack(
            state=state,
            issuer=organisations[stack.issuer],
            slug=stack.slug,
            members=stack.members,
            title=stack.title,
            summary=stack.description,
            standing=stack.standing.value,
        )


def _keys(pack: Pack, organisations: Mapping[str, Organisation]) -> None:
    """Whoever decided signs what was decided, and needs a key for it."""
    found = pack.recognitions
    deciders = {each.decided_by for each in found.quality_decisions}
    deciders |= {each.decided_by for each in found.agency_approvals}
    for code in sorted(deciders):
        signing_keys.ensure_key(organisation=organisations[code], acting_person=None)


def _decisions(
    pack: Pack,
    state: State,
    organisations: Mapping[str, Organisation],
    versions: Mapping[str, Version],
    instruments_by_code: Mapping[str, Instrument],
) -> int:
    recorded = 0
    for decision in pack.recognitions.quality_decisions:
        version = _version_decided_on(decision, versions)
        if version is None:
            continue
        recorded += 1
        deciding.record_decision(
            state=state,
            version=version,
            instrument=instruments_by_code[decision.rubric],
            **_decided(decision, organisations),
        )
    for approval in pack.recognitions.agency_approvals:
        recorded += 1
        decided = deciding.record_decision(
            state=state,
            organisation=organisations[approval.organisation],
            instrument=instruments_by_code[approval.criteria],
            **_decided(approval, organisations),
        )
        following.follow(decision=decided, acting_person=None)
    return recorded


def _version_decided_on(decision: QualityDecision, versions: Mapping[str, Version]) -> Version | None:
    """The text that a decision names by its author's number, or None where it was never loaded here.

    A later text does not inherit what was decided of an earlier one, even where its author forgot to count up.
    """
    published = versions[decision.micro_credential].micro_credential.versions
    return published.filter(document__version=decision.version).order_by("number").first()


def _decided(decision: Any, organisations: Mapping[str, Organisation]) -> dict[str, Any]:
    return {
        "decided_by": organisations[decision.decided_by],
        "outcome": OUTCOMES[decision.decision],
        "valid_from": decision.valid_from,
        "valid_until": decision.valid_until,
        "conditions": "\n".join(decision.conditions),
        "standing": decision.standing.value,
        "source_ids": list(decision.sources),
        "note": decision.note,
        "acting_person": None,
    }


def _plain(part: BaseModel) -> dict[str, Any]:
    """A part as plain JSON values: what is stored and hashed."""
    return part.model_dump(mode="json")
