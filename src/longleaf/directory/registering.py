"""The verbs that a state's pack calls: register the state and its organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from longleaf.directory.models import Organisation, State


@transaction.atomic
def register_state(*, code: str, **facts: Any) -> State:
    """Enter a state or bring its facts up to date. `facts` are fields of `State`."""
    state, _ = State.objects.update_or_create(code=code, defaults=facts)
    return state


@transaction.atomic
def register_organisations(*, state: State, organisations: Mapping[str, Mapping[str, Any]]) -> int:
    """Enter organisations or bring them up to date, by the state's own code. Returns how many the state now has.

    Nothing is deleted: an organisation that left the pack may have issued badges, employed people or decided things.
    """
    known = {found.code: found for found in Organisation.objects.filter(state=state)}
    new = [Organisation(state=state, code=code, **facts) for code, facts in organisations.items() if code not in known]
    changed = []
    for code, facts in organisations.items():
        if code in known:
            for field, value in facts.items():
                setattr(known[code], field, value)
            changed.append(known[code])
    Organisation.objects.bulk_create(new)
    if changed and organisations:
        fields = sorted({field for facts in organisations.values() for field in facts})
        Organisation.objects.bulk_update(changed, fields, batch_size=200)
    return Organisation.objects.filter(state=state).count()
