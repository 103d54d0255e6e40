"""The pages that are measured, and who asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Any
from urllib.parse import quote_plus

from bench.client import Visit

SEARCHES = ("feedback", "reading", "inquiry", "coach", "data", "multilingual learners", "questions", "music")
FACETS = ("topic=literacy", "grade_band=3-5", "role=teacher", "effort=11-to-20", "issuer=bloomboard", "framework=ncpts")
READ_AGAIN = 8
# What is read by many within an hour, and what a reader has open and works on.
OPEN_AT_ONCE = 16


IN_THE_REGISTER = ("state=recognised", "state=ended", "issuer=bloomboard", "q=reading&state=recognised")


@dataclass(frozen=True)
class Page:
    """A page: what is asked for in turn, and visits with lists of 1, 20 and 100 where its list can be that long.

    `once` means that no visit may be repeated, because the second time is another, quicker page. `unsearched` is the
    same list without the search that the page is about.
    """

    title: str
    visits: tuple[Visit, ...]
    by_length: Mapping[int, Visit] = field(default_factory=dict)
    once: bool = False
    unsearched: tuple[Visit, ...] = ()

    def in_turn(self) -> Iterator[Visit]:
        return iter(self.visits) if self.once else cycle(self.visits)


OF_THE_REGISTER = (
    Page("Register, first page", (Visit("/register/"),)),
    Page("Register, narrowed", tuple(Visit(f"/register/?{asked}") for asked in IN_THE_REGISTER)),
    Page(
        "Register, a search",
        tuple(Visit(f"/register/?q={quote_plus(words)}") for words in SEARCHES),
        unsearched=(Visit("/register/"),),
    ),
)
FILES_OF_THE_REGISTER = (
    Page("Register, Atom feed", (Visit("/register/feed.atom"),)),
    Page("Register, JSON feed", (Visit("/register/feed.json"),)),
    Page("Register, all of it as CSV", (Visit("/register/register.csv"),)),
    Page("Register, all of it as JSON", (Visit("/register/register.json"),)),
)
# What is measured on a catalog of thousands, by the beginning of its title.
OF_A_LARGE_CATALOG = ("Catalog", "Register", "Studio")
FIRST = "first after a decision"


def pages_of(cast: Mapping[str, Any]) -> list[Page]:
    """Every page to measure, with the people of a seed (`seeding.cast`)."""
    slugs, badges = cast["slugs"][:OPEN_AT_ONCE], cast["badges"]
    earners = cast["holders"]["20"]
    desks = tuple(Visit(f"/assess/read/{reading}/", session) for session, reading in cast["desks"][:OPEN_AT_ONCE])
    asked_much = [
        Page("Catalog, first page", (Visit("/catalog/"),)),
        Page("Catalog, a facet chosen", tuple(Visit(f"/catalog/?{facet}") for facet in FACETS)),
        Page(
            "Catalog, a search",
            tuple(Visit(f"/catalog/?q={quote_plus(words)}") for words in SEARCHES),
            unsearched=(Visit("/catalog/"),),
        ),
        Page("Micro-credential, visitor", tuple(Visit(f"/catalog/{slug}/") for slug in slugs)),
        Page("Micro-credential, signed in", _with_people([f"/catalog/{slug}/" for slug in slugs], earners)),
        Page("Scoring desk", desks),
        Page("Badge page", tuple(Visit(f"/badges/{badge}/") for badge in badges[:READ_AGAIN])),
        _listed("My badges", "/my/badges/", cast["holders"]),
        _listed("Renewal ledger", "/renewal/", cast["holders"]),
        _listed("Home of an educator", "/", cast["holders"]),
    ]
    return [
        *asked_much,
        *(_asked_first(page) for page in asked_much),
        Page("Badge page, verified anew", tuple(Visit(f"/badges/{it}/") for it in badges[READ_AGAIN:]), once=True),
        _listed("My work", "/work/", cast["workers"]),
        _listed("Queue of an assessor", "/assess/", cast["readers"]),
        *_of_the_studio(cast["issuing_officers"], cast["drafts"]),
        *OF_THE_REGISTER,
        *FILES_OF_THE_REGISTER,
        *(_asked_first(page) for page in (*OF_THE_REGISTER, *FILES_OF_THE_REGISTER)),
        Page("Queue of a lead assessor", tuple(Visit("/assess/", session) for session in cast["leads"])),
        Page("Issued badges", tuple(Visit("/issued/", session) for session in cast["issuing_officers"])),
    ]


def of_a_large_catalog(pages: Sequence[Page], *, brisk: bool) -> list[Page]:
    """Those that may grow with the catalog; if it must be brisk, without those of which most is kept."""
    grow = [page for page in pages if page.title.startswith(OF_A_LARGE_CATALOG)]
    return [page for page in grow if not brisk or page.title.endswith(FIRST) or page.title.startswith("Studio")]


def _of_the_studio(designers: Sequence[str], drafts: Sequence[Sequence[str]]) -> list[Page]:
    """The lists of the studio, which grow with what is published, and what a designer has open."""
    return [
        Page("Studio, a draft", tuple(Visit(f"/studio/{ref}/", session) for session, ref in drafts)),
        Page("Studio, a part of a draft", tuple(Visit(f"/studio/{ref}/evidence/", each) for each, ref in drafts)),
        Page("Studio, portfolio", tuple(Visit("/studio/", session) for session in designers)),
        *_with_a_search("Studio, published", "/studio/published/", designers),
        *_with_a_search("Studio, to adopt", "/studio/adopt/", designers),
    ]


def _with_a_search(title: str, path: str, sessions: Sequence[str]) -> tuple[Page, Page]:
    asked = zip(SEARCHES, cycle(sessions))
    whole = tuple(Visit(path, session) for session in sessions)
    searched = tuple(Visit(f"{path}?q={quote_plus(words)}", session) for words, session in asked)
    return Page(title, whole), Page(f"{title}, a search", searched, unsearched=whole)


def _asked_first(page: Page) -> Page:
    """The same page for whoever comes first after a decision."""
    by_length = {length: replace(visit, first=True) for length, visit in page.by_length.items()}
    visits, unsearched = _first(page.visits), _first(page.unsearched)
    title = f"{page.title}, {FIRST}"
    return replace(page, title=title, visits=visits, by_length=by_length, unsearched=unsearched)


def _first(visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
    return tuple(replace(visit, first=True) for visit in visits)


def _with_people(paths: list[str], sessions: list[str]) -> tuple[Visit, ...]:
    return tuple(Visit(path, session) for path, session in zip(paths, cycle(sessions), strict=False))


def _listed(title: str, path: str, sessions: Mapping[str, list[str]]) -> Page:
    """A page whose list grows with what somebody has; it is timed at twenty."""
    by_length = {int(length): Visit(path, some[0]) for length, some in sessions.items()}
    return Page(title, tuple(Visit(path, session) for session in sessions["20"]), by_length)
