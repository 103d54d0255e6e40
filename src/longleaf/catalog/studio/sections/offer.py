"""On which terms it is offered, and how it is shown: panel and conditions, alignments, samples, the badge."""

from __future__ import annotations

from longleaf.catalog.studio.sections.panel import PANEL
from longleaf.catalog.studio.shapes import Field, Group, Kind, Rows, Section, WhenEmpty

LINE, NUMBER, CHOICE, YES, DAY = Kind.LINE, Kind.NUMBER, Kind.CHOICE, Kind.YES, Kind.DAY
NONE = WhenEmpty.NONE

CONDITIONS = Section(
    "conditions",
    "Panel and conditions",
    "Who reads, and what an earner can count on: time, fee, turnaround, attempts.",
    (
        PANEL,
        Field("effort_hours", "Hours of effort, about", NUMBER),
        Field("fee", "Fee", NUMBER, "In whole units of currency; 0 is free."),
        Rows(
            "fee_waivers",
            "Fee waivers",
            "waiver",
            (
                Field("who", "Who need not pay", lines=2),
                Field("how", "How they ask for it", lines=2),
                Field("by", "Who says yes", LINE, "An office or a role, such as the licensure office of the unit."),
            ),
            optional=True,
            always=False,
            hint="A fee shuts people out. Say who need not pay it, before they have to ask.",
        ),
        Field("turnaround_business_days", "Business days until a decision, at most", NUMBER),
        Field("attempts", "Attempts", NUMBER, "Empty means as many as wanted.", True, NONE),
        Field(
            "coach_after",
            "After how many rounds a meeting with a coach is asked for",
            NUMBER,
            "Empty means that none is.",
            optional=True,
        ),
        Field(
            "replace_work",
            "May a later round bring other work, such as another lesson?",
            CHOICE,
            "Empty means that it may not.",
            optional=True,
            options="replacing",
        ),
        Field(
            "expires_after_years", "The badge is valid for how many years", NUMBER, "Empty means always.", True, NONE
        ),
        Field("review_by", "To be looked at again by", DAY),
    ),
)

ALIGNMENTS = Section(
    "alignments",
    "Alignments and stacks",
    "Which items of the frameworks it serves, in one framework or several, and which stacks it would be part of.",
    (
        Rows(
            "alignments",
            "Alignments",
            "alignment",
            (
                Field("item", "Item of a framework", CHOICE, options="items"),
                Field("standing", "How sure the tie is", CHOICE, options="standings"),
                Field("note", "How it serves it", optional=True, when_empty=WhenEmpty.TEXT, lines=2),
            ),
        ),
        Rows(
            "proposed_stacks",
            "Stacks",
            "stack",
            (
                Field("stack", "Stack", CHOICE, options="stacks"),
                Field("why", "What it adds to it", optional=True, when_empty=WhenEmpty.TEXT, lines=2),
            ),
            optional=True,
            always=False,
            hint="A proposal: whose stack it is takes it in, or leaves it.",
        ),
    ),
)

SAMPLE = Section(
    "sample",
    "Sample and tools",
    "What good evidence can look like, and what holds of tools that write, draw or record.",
    (
        Field("sample", "An invented example of good evidence", hint="Say that it is invented.", lines=8),
        Rows(
            "samples",
            "Evidence to look at",
            "sample",
            (
                Field("title", "What it is", LINE),
                Field("url", "Where it can be opened", LINE, "Begins with https://"),
                Field("shows", "What it is an example of", lines=2),
                Field("origin", "Where it comes from", CHOICE, options="origins"),
                Field(
                    "consent",
                    "Consent",
                    hint="Who agreed that it is shown, to what they agreed, and when. Never a learner's name.",
                    optional=True,
                    when_empty=WhenEmpty.TEXT,
                    lines=2,
                ),
            ),
            optional=True,
            always=False,
            hint="What somebody real made needs their consent in writing, and that of everybody who can be recognized.",
        ),
        Group(
            "ai_policy",
            "Tools that write, draw or record",
            (
                Field("rule", "May they be used?", CHOICE, options="ai_rules", optional=True),
                Field("text", "What the earner is told of it", optional=True, when_empty=WhenEmpty.TEXT),
            ),
            optional=True,
        ),
        Field(
            "names_must_be_answered",
            "Each name that is found must be answered before handing in",
            YES,
            optional=True,
        ),
    ),
)

BADGE = Section(
    "badge",
    "Badge artwork",
    "What stands for it in a wallet and on a page. The color is its family's; the drawing is readable at 48 pixels.",
    (
        Group(
            "badge",
            "",
            (
                Field(
                    "icon",
                    "Icon",
                    CHOICE,
                    "Empty means the one of its family.",
                    optional=True,
                    when_empty=NONE,
                    options="icons",
                ),
                Field(
                    "banner",
                    "Words on the banner",
                    LINE,
                    "At most 20 letters. Empty means the level that was shown, such as Demonstrated.",
                    optional=True,
                    when_empty=WhenEmpty.TEXT,
                ),
            ),
            optional=True,
        ),
    ),
)
