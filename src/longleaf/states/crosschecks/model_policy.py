"""A point of model policy is met by rules that stand in the renewal policy, and never by none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from longleaf.recognition.model_policy import rules_in
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered
from longleaf.states.parts.model_policy import HowFar

RENEWAL = "renewal"


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = rules_in(next((file.content for file in gathered.policies if Path(file.name).stem == RENEWAL), None))
    for sheet in gathered.model_policy:
        for place, point in enumerate(sheet.part.points if sheet.part else ()):
            spot = ("points", place, "here")
            for number, rule in enumerate(point.here.rules):
                if rule not in known:
                    reason = f"There is no rule “{rule}” in policy/renewal.yaml; name one that stands there."
                    yield sheet.mistake((*spot, "rules", number), reason)
            if point.here.met in {HowFar.MET, HowFar.PARTLY} and not point.here.rules:
                reason = "Name the rule of policy/renewal.yaml by which it is met, or say that it is unknown."
                yield sheet.mistake((*spot, "met"), reason)
