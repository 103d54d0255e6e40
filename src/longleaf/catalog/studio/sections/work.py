"""What is learned and shown: from the competency to the rubric."""

from __future__ import annotations

from longleaf.catalog.studio.shapes import Field, Group, Kind, Member, PerRow, Rows, Section, WhenEmpty

LINE, NUMBER, CHOICE, CHOICES, YES = Kind.LINE, Kind.NUMBER, Kind.CHOICE, Kind.CHOICES, Kind.YES
NONE, LIST = WhenEmpty.NONE, WhenEmpty.LIST

COMPETENCY = Section(
    "competency",
    "Competency",
    "Pick one skill, and say it as something an educator does: two assessors should recognize it in the same evidence.",
    (
        Field("title", "Title", LINE),
        Field(
            "slug",
            "Name in its address",
            LINE,
            "Small letters, digits and dashes. It stays the same through all versions.",
        ),
        Field("family", "Family", CHOICE, "It gives the badge its color and icon.", options="families"),
        Field("language", "Language", LINE, "The one that it is written in, as a code of BCP 47: en, es, es-419."),
        Rows(
            "further_languages",
            "Further languages",
            "language",
            (Field("text", "Language", LINE, "As a code, such as es or fr-CA."),),
            sentences=True,
            optional=True,
            always=False,
            hint="In which work may be handed in as well. Name one only where assessors of yours read it.",
        ),
        Field("summary", "Summary", hint="Two sentences for the list of the catalog."),
        Field(
            "competency",
            "Competency",
            hint="One sentence with one active verb. Two skills are two micro-credentials.",
            lines=3,
        ),
        Field("matters", "Why it matters", hint="What it is expected to change for students.", lines=5),
    ),
)

METHOD = Section(
    "method",
    "Key method",
    "Describe the approach well enough to be followed without a course.",
    (
        Group(
            "method",
            "",
            (
                Field("name", "Name of the method", LINE),
                Field("description", "What it is", lines=6),
                Rows(
                    "steps",
                    "Its parts",
                    "part of the method",
                    (Field("text", "What is done", lines=2),),
                    sentences=True,
                ),
            ),
        ),
    ),
)

RESEARCH = Section(
    "research",
    "Research base",
    "Give the public reason to believe that the practice works, in works that can be found.",
    (
        Group(
            "research",
            "",
            (
                Field("summary", "What research says", lines=6),
                Rows(
                    "references",
                    "References",
                    "reference",
                    (
                        Field("title", "Title of the work", LINE),
                        Field("authors", "Authors", LINE),
                        Field("year", "Year", NUMBER),
                        Field("publication", "Where it appeared", LINE, optional=True, when_empty=WhenEmpty.TEXT),
                        Field("url", "Address", LINE, "Begins with https://", optional=True, when_empty=NONE),
                    ),
                ),
            ),
        ),
    ),
)

AUDIENCE = Section(
    "audience",
    "Audience",
    "Whom it is for, and under which topics it is found.",
    (
        Group(
            "audience",
            "",
            (
                Field("roles", "Roles", CHOICES, when_empty=LIST, options="roles"),
                Field(
                    "grade_bands", "Grade bands", CHOICES, "None means that bands do not matter.", True, LIST, "bands"
                ),
            ),
        ),
        Field("topics", "Topics", CHOICES, when_empty=LIST, options="topics"),
    ),
)

SUPPORT = Section(
    "support",
    "Support and resources",
    "What helps an earner to learn it, and which other ways there are to show it.",
    (
        Field("support", "Support", hint="A person or a place to ask.", lines=5),
        Field(
            "other_ways",
            "Other ways to show it",
            hint="For those whom the usual form shuts out: speech for writing, drawings, an interview.",
            lines=5,
        ),
        Rows(
            "resources",
            "Resources",
            "resource",
            (
                Field("title", "Title", LINE),
                Field("url", "Address", LINE, "Begins with https://", optional=True, when_empty=NONE),
                Field("note", "What it is good for", lines=2),
            ),
            optional=True,
            hint="Open and free to learn from.",
        ),
    ),
)

INDICATOR: tuple[Member, ...] = (Field("text", "It is complete when", lines=2),)

EVIDENCE = Section(
    "evidence",
    "Evidence",
    "What an earner hands in, in which forms, and when it is complete enough to be judged.",
    (
        Rows(
            "parts",
            "Parts of the submission",
            "part",
            (Field("title", "Title", LINE), Field("description", "What it is about", lines=2)),
            prefix="P",
            coded=True,
        ),
        Rows(
            "requirements",
            "Requirements",
            "requirement",
            (
                Field("title", "Title", LINE),
                Field("part", "Part of the submission", CHOICE, options="parts"),
                Field("prompt", "What is asked for", lines=5),
                Field("accepts", "Handed in as", CHOICES, when_empty=LIST, options="forms"),
                Group(
                    "words",
                    "Limits of a text",
                    (Field("min", "Words at least", NUMBER), Field("max", "Words at most", NUMBER)),
                    optional=True,
                    when_empty=NONE,
                ),
                Group(
                    "files",
                    "Limits of files",
                    (
                        Field("kinds", "Kinds of file", CHOICES, when_empty=LIST, options="kinds_of_file"),
                        Field("most", "Files at most", NUMBER),
                        Field("megabytes", "Megabytes each, at most", NUMBER),
                    ),
                    optional=True,
                    when_empty=NONE,
                ),
                Field(
                    "shows_people",
                    "It shows people who can be recognized",
                    YES,
                    "Consent is then logged before it is handed in.",
                    optional=True,
                ),
                Group(
                    "team",
                    "Made in a team",
                    (
                        Field(
                            "most",
                            "How many people at most may make it together",
                            NUMBER,
                            "Empty means that each makes their own. Each is judged alone.",
                        ),
                    ),
                    optional=True,
                ),
                Rows("completion", "Completion indicators", "completion indicator", INDICATOR, prefix="C", coded=True),
            ),
            prefix="R",
            coded=True,
        ),
    ),
)

RUBRIC = Section(
    "rubric",
    "Rubric",
    "How the evidence is judged: levels from worst to best, and criteria that say what each level looks like.",
    (
        Group(
            "rubric",
            "",
            faithful=True,
            members=(
                Rows(
                    "levels",
                    "Levels, from worst to best",
                    "level",
                    (
                        Field("title", "Title", LINE),
                        Field("meets", "A criterion on this level is met", YES, optional=True, when_empty=WhenEmpty.NO),
                    ),
                    prefix="L",
                    coded=True,
                ),
                Rows(
                    "criteria",
                    "Criteria",
                    "criterion",
                    (
                        Field("title", "Title", LINE),
                        Field("description", "What it is about", optional=True, lines=2),
                        Field("requirements", "Judged on", CHOICES, options="requirements"),
                        Field(
                            "required",
                            "It can be demonstrated without this one",
                            Kind.NOT,
                            "Ticked, it is not required, and earners read so: they may leave it unmet. "
                            "Assessors rate it all the same.",
                            optional=True,
                        ),
                        Field(
                            "weight",
                            "Weight",
                            Kind.DECIMAL,
                            "It counts only where a line of weight or points is set under panel and conditions. "
                            "Empty means 1; 2 counts twice as much.",
                            optional=True,
                        ),
                        PerRow(
                            "levels",
                            "What each level looks like",
                            Field("", "what it looks like", lines=3),
                        ),
                        Rows(
                            "indicators",
                            "Competency indicators",
                            "indicator",
                            (Field("text", "A sign to look for", lines=2),),
                            prefix="I",
                            coded=True,
                            optional=True,
                            always=False,
                        ),
                    ),
                    prefix="K",
                    coded=True,
                ),
            ),
        ),
    ),
)
