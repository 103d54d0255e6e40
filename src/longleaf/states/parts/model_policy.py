"""`model-policy.yaml`: what studies and guides ask of a state's policy, and how far this state's own meets it."""

from __future__ import annotations

from enum import StrEnum

from longleaf.states.parts.values import Code, Part, Slug, Sourced, Text


class HowFar(StrEnum):
    """How far a point is met. `unknown` is for what was looked for and not found, or not looked for yet."""

    MET = "met"
    PARTLY = "partly"
    PLANNED = "planned"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Answer(Sourced):
    """What this state's policy has on a point; `rules` are ids of rules of `policy/renewal.yaml`."""

    met: HowFar
    rules: tuple[Code, ...] = ()
    because: Text


class PolicyPoint(Sourced):
    """Something that is asked of a policy. Standing and sources are of the asking; `here` has its own."""

    code: Slug
    title: Text
    asks: Text
    here: Answer


class ModelPolicy(Part):
    """Its points, in the order in which they are shown."""

    introduction: Text
    points: tuple[PolicyPoint, ...]
