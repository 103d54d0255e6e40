"""How readings become a decision: who reads, from where on a criterion is met, and what is enough."""

from __future__ import annotations

from longleaf.catalog.studio.shapes import Field, Group, Kind, Of, PerRow

NUMBER, DECIMAL, PERCENT, CHOICE = Kind.NUMBER, Kind.DECIMAL, Kind.PERCENT, Kind.CHOICE

LINE = Group(
    "criterion_met_when",
    "From where on a criterion is met",
    (
        Field(
            "level",
            "A criterion is met from",
            CHOICE,
            "A level above the lowest. Earners read it on the page as the line of every criterion.",
            optional=True,
            options="lines",
            blank="The first level that is marked as met in the rubric",
            instead=("meets", True),
        ),
        PerRow(
            "criteria",
            "Another line for single criteria",
            Field("", "met from", CHOICE, optional=True, options="lines", blank="The same level as the others"),
            of=Of.CRITERIA,
            hint="Where one matters more, such as safety, ask for a better level of it alone.",
            optional=True,
        ),
    ),
    optional=True,
)

ENOUGH = Group(
    "outcome",
    "What is enough",
    (
        Field(
            "kind",
            "It is demonstrated when",
            CHOICE,
            "The rubric says which criteria are required. Where all are, a line of weight decides nothing.",
            optional=True,
            options="outcomes",
            blank="As usual: each required criterion is met",
        ),
        Field(
            "cut",
            "Line of the sum",
            PERCENT,
            "Only for weight and points: how much of all that can be reached is enough, such as 70.",
            optional=True,
        ),
        PerRow(
            "points",
            "Points of each level",
            Field("", "points", DECIMAL, optional=True),
            hint="Only for points: from 0 on, never fewer for a better level. A criterion counts them by its weight.",
            optional=True,
        ),
    ),
    optional=True,
)

PANEL = Group(
    "panel_rule",
    "Panel",
    faithful=True,
    members=(
        Field("readers", "How many assessors read first", NUMBER, "They read on their own, and rate every criterion."),
        Field(
            "when_they_differ",
            "When they differ",
            CHOICE,
            "They differ where one finds a criterion met and another does not.",
            optional=True,
            options="when_they_differ",
            blank="As usual: with two a third, else nobody",
        ),
        Field(
            "decides",
            "Then it is decided by",
            CHOICE,
            "A lead decides where a lead is asked above, and only there.",
            optional=True,
            options="decides",
            blank="As usual: whoever is asked, else the majority",
        ),
        LINE,
        ENOUGH,
        Group(
            "extra_reader",
            "Near the line",
            (
                Field(
                    "within",
                    "One more assessor reads within",
                    PERCENT,
                    "Only for weight and points: so near to the line, above or below, one more reads all of it and the "
                    "mean of everybody counts. Empty means that nobody does.",
                    optional=True,
                ),
            ),
            optional=True,
        ),
        Field(
            "across_rounds",
            "What a later round takes over",
            CHOICE,
            "Either way, a criterion that was met is not asked for again.",
            optional=True,
            options="across_rounds",
            blank="As usual: that a criterion was met",
        ),
        Group(
            "reconciliation",
            "Talking it over",
            (
                Field(
                    "days",
                    "Days in which readers may talk it over",
                    NUMBER,
                    "Empty this field: only reviewers of quality may meet.",
                    optional=True,
                    to_mend=True,
                ),
            ),
            optional=True,
        ),
    ),
)
