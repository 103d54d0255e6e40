"""The pages of an archive: like the live ones, in a frame that asks nothing of a server, with relative links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from longleaf.awards import addresses
from longleaf.awards.archive import queries
from longleaf.awards.archive.places import PAGE, place_of, way_up
from longleaf.awards.badge_page import BadgePage
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures
from longleaf.awards.verification import reports as reading_reports
from longleaf.catalog.design import Design
from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from longleaf.catalog.models import Alignment, Version
    from longleaf.directory.models import Organisation
    from longleaf.frameworks.models import FrameworkItem

BADGES_ON_A_PAGE = 100


@dataclass(frozen=True)
class Site:
    """What every page says: whose archive this is, and of when."""

    home: str
    moment: datetime
    state_name: str
    demo: bool

    @classmethod
    def of(cls, *, moment: datetime) -> Site:
        """This installation's, as of a moment."""
        state = directory.current_state()
        return cls(settings.PUBLIC_URL, moment, state.name if state else "", settings.DEMO)


def in_json(document: Mapping[str, Any]) -> bytes:
    """A document just as the live addresses write it."""
    return pictures.written(dict(document)).encode()


def home(site: Site, issuers: Sequence[Organisation]) -> bytes:
    shown = [(issuer, place_of(addresses.profile(issuer))) for issuer in issuers]
    return _page("home", PAGE, site, issuers=shown)


def verifier(site: Site) -> bytes:
    """The page that verifies badges by itself. Its words are those of the live page."""
    return _page(
        "verify",
        f"verify/{PAGE}",
        site,
        zone=settings.TIME_ZONE,
        titles=reading_reports.TITLES,
        outcomes={outcome.value: shown for outcome, shown in reading_reports.OUTCOMES.items()},
        verdicts={verdict.value: shown for verdict, shown in reading_reports.VERDICTS.items()},
    )


def badges(site: Site) -> bytes:
    """Stands where a file server would else list the folder, and with it badges that are given by link only."""
    return _page("badges", f"badges/{PAGE}", site)


def standards(site: Site, items: Sequence[FrameworkItem]) -> bytes:
    return _page("standards", f"standards/{PAGE}", site, items=items)


def issuer(site: Site, organisation: Organisation, versions: Sequence[Version]) -> Iterator[tuple[str, bytes]]:
    """An issuer's pages: what it awards, then every badge that may be listed, a hundred to a page."""
    folder = place_of(addresses.profile(organisation))
    count = queries.listed_of(organisation).count()
    last = max(1, -(-count // BADGES_ON_A_PAGE))
    listed = queries.listed_of(organisation).iterator(chunk_size=queries.AT_ONCE)
    for number, shown in enumerate(_batches(listed), start=1):
        name = f"{folder}/{_file_of(number)}"
        yield (
            name,
            _page(
                "issuer",
                name,
                site,
                organisation=organisation,
                versions=[(version, Design(version.document)) for version in versions] if number == 1 else [],
                awards=shown,
                count=count,
                number=number,
                last=last,
                file_of=_file_of,
            ),
        )


def achievement(site: Site, version: Version, alignments: Sequence[Alignment]) -> bytes:
    name = place_of(addresses.achievement(version), PAGE)
    return _page("achievement", name, site, version=version, design=Design(version.document), alignments=alignments)


def badge(site: Site, award: Award, *, hidden: bool) -> bytes:
    """A badge's page as anybody sees it. One that is given by link only asks search engines to forget it."""
    name = place_of(addresses.badge(award.uuid), PAGE)
    page = BadgePage(award, AnonymousUser())
    return _page("badge", name, site, award=award, page=page, hidden=hidden)


def _page(template: str, name: str, site: Site, **context: Any) -> bytes:
    around = {"site": site, "root": way_up(name), "hidden": False}
    return render_to_string(f"awards/archive/{template}.html", {**around, **context}).encode()


def _batches(awards: Iterator[Award]) -> Iterator[list[Award]]:
    """Pages' worth of awards; one empty page where there is none."""
    shown = list(islice(awards, BADGES_ON_A_PAGE))
    yield shown
    while shown := list(islice(awards, BADGES_ON_A_PAGE)):
        yield shown


def _file_of(number: int) -> str:
    return PAGE if number == 1 else f"badges-{number}.html"
