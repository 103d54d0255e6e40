"""The chapter of oversight: complaints about an issuer, and the alarm that rings where too many of them are upheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.quality.monitoring import ruling, watching
from longleaf.quality.oversight import complaining
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.demo.script import Complained
    from longleaf.demo.stage import Stage
    from longleaf.directory.models import Organisation, State


def complain(told: Iterable[Complained], stage: Stage, organisations: Mapping[str, Organisation]) -> None:
    """Complain, and answer what is told to be answered already: upheld."""
    for each in told:
        made = complaining.complain(
            subject=AsWhat(organisations[each.about], Judges.AGENCY),
            text=each.text,
            acting_person=stage.people[each.by],
        )
        if each.answer:
            complaining.answer(
                complaint=made, upheld=True, text=each.answer, acting_person=stage.people[each.answered_by]
            )


def watch(alarms_from: Mapping[str, int], state: State) -> int:
    """Look at all figures by the rules of the state, but for alarms that are raised of fewer cases. Returns how many
    alarms were raised."""
    rules = ruling.rules_in_force()
    alarms = [{name: value for name, value in asdict(each).items() if value is not None} for each in rules.alarms]
    for each in alarms:
        each["at_least"] = alarms_from.get(each["measure"], each["at_least"])
    document: dict[str, Any] = {**asdict(rules), "alarms": alarms}
    ruling.set_rules(state=state, document=document, acting_person=None)
    return watching.look(today=timezone.localdate())
