"""The gate that holds for an edition, and the verb that sets one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction
from django.db.models import Q

from longleaf.journal.recording import record
from longleaf.panels.calibration.access import require_lead
from longleaf.panels.calibration.gates import DEFAULTS, Gate, GateError, check_gate, gate_from, merged
from longleaf.panels.errors import GateMistaken
from longleaf.panels.events import Event
from longleaf.panels.models import GateSetting, RubricEdition

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State


def gate_for(edition: RubricEdition) -> Gate:
    """What its pool asks: the defaults, then what the state, the pool, and the pool for this instrument set."""
    return gates_for([edition])[edition.pk]


def gates_for(editions: Collection[RubricEdition]) -> dict[int, Gate]:
    """The same for each of many editions, by key, in one query; whoever gives them has their pools at hand."""
    written = _settings_for(editions)
    return {each.pk: gate_from(*_documents(each, written)) for each in editions}


def gate_document(edition: RubricEdition) -> dict[str, Any]:
    """The same as a whole document, as it is kept with a test."""
    return merged(DEFAULTS, *_documents(edition, _settings_for([edition])))


def _settings_for(editions: Collection[RubricEdition]) -> list[GateSetting]:
    """What was set for any of the editions: what states set, then pools, then pools for one instrument."""
    scopes = Q(pool__isnull=True, state__in={each.pool.state_id for each in editions}) | Q(
        pool__in={each.pool_id for each in editions}, instrument__in={"", *(each.instrument for each in editions)}
    )
    return sorted(GateSetting.objects.filter(scopes), key=lambda each: (each.pool_id is not None, each.instrument))


def _documents(edition: RubricEdition, written: Collection[GateSetting]) -> list[Mapping[str, Any]]:
    of_state, of_pool = (None, ""), {(edition.pool_id, ""), (edition.pool_id, edition.instrument)}
    return [
        each.document
        for each in written
        if (each.pool_id, each.instrument) in of_pool
        or ((each.pool_id, each.instrument) == of_state and each.state_id == edition.pool.state_id)
    ]


@transaction.atomic
def set_gate(
    *,
    state: State,
    pool: Organisation | None = None,
    instrument: str = "",
    document: Mapping[str, Any],
    acting_person: Person | None,
) -> GateSetting:
    """Set what a state, a pool, or a pool for one instrument asks otherwise. Setting the same again changes nothing.

    Raises `GateMistaken` with every mistake of the document.
    """
    try:
        check_gate(document)
    except GateError as error:
        fields = {mistake.path: mistake.reason for mistake in error.mistakes}
        raise GateMistaken(f"This gate cannot be set. {error}", fields=fields) from error
    scope = {"state": state, "pool": pool, "instrument": instrument}
    before = GateSetting.objects.select_for_update().filter(**_found_by(scope)).first()
    if before is not None and before.document == dict(document):
        return before
    setting = before or GateSetting(**scope)
    setting.document = dict(document)
    setting.save()
    whose = pool.slug if pool else state.code
    data = {"scope": whose, "instrument": instrument, "gate": setting.document}
    record(Event.GATE_SET, actor=acting_person, subject=f"gate:{whose}", data=data)
    return setting


def set_gate_of(*, edition: RubricEdition, written: str, acting_person: Person) -> GateSetting:
    """Set what a pool asks for one instrument, from YAML as a lead assessor writes it; empty for nothing special.

    Raises `NotLeadAssessor`, and `GateMistaken` with every mistake.
    """
    require_lead(acting_person, edition)
    return set_gate(
        state=edition.pool.state,
        pool=edition.pool,
        instrument=edition.instrument,
        document=_read(written),
        acting_person=acting_person,
    )


def written_for(edition: RubricEdition) -> str:
    """What is set for an edition's instrument, as YAML; "" where nothing is."""
    found = GateSetting.objects.filter(pool=edition.pool_id, instrument=edition.instrument).first()
    return yaml.safe_dump(found.document, sort_keys=False) if found and found.document else ""


def _read(written: str) -> Any:
    try:
        return yaml.safe_load(written) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        where = f" Look at line {place.line + 1}." if place else ""
        raise GateMistaken(f"This cannot be read as names and values.{where}") from error


def _found_by(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in scope.items() if value is not None} | (
        {"pool__isnull": True} if scope["pool"] is None else {}
    )
