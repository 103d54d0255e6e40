"""The register as files: CSV and JSON of what holds, an Atom feed (RFC 4287) and a JSON Feed (1.1) of what changed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings

from longleaf.directory import queries as directory
from longleaf.kit import standing
from longleaf.kit.tables import tame
from longleaf.quality import wording
from longleaf.quality.queries import Holding, subject_key

if TYPE_CHECKING:
    from datetime import date, datetime

    from longleaf.quality.models import QualityDecision
    from longleaf.quality.register.queries import FeedPage

# Of a subject, how many conditions are not met yet, and of how many of them the day is over.
Left = Mapping[tuple[object, ...], tuple[int, int]]
COLUMNS = (
    "micro_credential", "title", "version", "issuer", "issuer_name", "status", "decided_by", "valid_from",
    "valid_until", "rubric", "rubric_edition", "conditions", "standing", "digest", "report",
    "rubric_standing", "design_standing", "conditions_open", "conditions_overdue",
)  # fmt: skip
COLUMNS_OF_ORGANISATIONS = (
    "organization", "name", "approved_as", "status", "decided_by", "valid_from", "valid_until", "criteria",
    "criteria_edition", "criteria_standing", "scope", "families", "conditions", "standing", "report",
    "pathways", "conditions_open", "conditions_overdue",
)  # fmt: skip
# What no XML document may hold, however it is written, though a pack can bring it.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# By what a category of an entry tells the standing of the rubric, and not that of the decision.
RUBRIC_STANDING = "urn:longleaf:rubric-standing"
ATOM = "http://www.w3.org/2005/Atom"
# What each standing means, for whoever takes the register along.
_STANDINGS = {code: standing.told(code) for code in standing.STANDINGS}
TITLE = "Register of recognized micro-credentials"
TITLE_OF_ORGANISATIONS = "Register of approved organizations"


def entry(decision: QualityDecision, *, today: date, left: Left) -> dict[str, Any]:
    """One entry of the register as plain values, in the order of `COLUMNS`."""
    version = decision.version
    assert version is not None, "the register holds decisions on versions"
    micro_credential, instrument = version.micro_credential, decision.instrument
    return {
        "micro_credential": micro_credential.slug,
        "title": version.title,
        "version": version.number,
        "issuer": micro_credential.issuer.code,
        "issuer_name": micro_credential.issuer.name,
        "status": "ended" if Holding(decision, today).ended else decision.outcome,
        "decided_by": decision.decided_by.code,
        "valid_from": decision.valid_from.isoformat(),
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else "",
        "rubric": instrument.code if instrument else "",
        "rubric_edition": instrument.edition if instrument else "",
        "conditions": decision.conditions,
        "standing": decision.standing,
        "digest": version.digest,
        "report": report_address(decision),
        "rubric_standing": instrument.standing if instrument else "",
        "design_standing": version.standing,
        **_left(left, decision),
    }


def as_json(decisions: Iterable[QualityDecision], *, today: date, left: Left) -> dict[str, Any]:
    """What holds on a day, entry by entry."""
    return {
        "title": TITLE,
        "address": f"{settings.PUBLIC_URL}/register/",
        "as_of": today.isoformat(),
        "standings": _STANDINGS,
        "entries": [entry(each, today=today, left=left) for each in decisions],
    }


def organisation_entry(decision: QualityDecision, *, today: date, left: Left) -> dict[str, Any]:
    """One entry of the register of organisations, in the order of `COLUMNS_OF_ORGANISATIONS`."""
    organisation, instrument = decision.organisation, decision.instrument
    assert organisation is not None, "this register holds decisions on organisations"
    return {
        "organization": organisation.code,
        "name": organisation.name,
        "approved_as": decision.judged_as,
        "status": "ended" if Holding(decision, today).ended else decision.outcome,
        "decided_by": decision.decided_by.code,
        "valid_from": decision.valid_from.isoformat(),
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else "",
        "criteria": instrument.code if instrument else "",
        "criteria_edition": instrument.edition if instrument else "",
        "criteria_standing": instrument.standing if instrument else "",
        "scope": decision.scope,
        "families": " ".join(decision.families),
        "conditions": decision.conditions,
        "standing": decision.standing,
        "report": report_address(decision),
        "pathways": " ".join(decision.pathways),
        **_left(left, decision),
    }


def _left(left: Left, decision: QualityDecision) -> dict[str, int]:
    """How many of its conditions are not met yet, and of how many of them the day is over."""
    unmet, overdue = left.get(subject_key(decision), (0, 0))
    return {"conditions_open": unmet, "conditions_overdue": overdue}


def organisations_as_json(decisions: Iterable[QualityDecision], *, today: date, left: Left) -> dict[str, Any]:
    """What holds of organisations on a day, entry by entry."""
    return {
        "title": TITLE_OF_ORGANISATIONS,
        "address": f"{settings.PUBLIC_URL}/register/organizations/",
        "as_of": today.isoformat(),
        "standings": _STANDINGS,
        "entries": [organisation_entry(each, today=today, left=left) for each in decisions],
    }


def as_csv(decisions: Iterable[QualityDecision], *, today: date, left: Left) -> str:
    """The same as a table in UTF-8 with a mark in front, which spreadsheets need."""
    return _table(COLUMNS, (entry(each, today=today, left=left) for each in decisions))


def organisations_as_csv(decisions: Iterable[QualityDecision], *, today: date, left: Left) -> str:
    """The same of organisations."""
    return _table(COLUMNS_OF_ORGANISATIONS, (organisation_entry(each, today=today, left=left) for each in decisions))


def _table(columns: Sequence[str], entries: Iterable[dict[str, Any]]) -> str:
    text = StringIO("\ufeff", newline="")
    text.seek(0, 2)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([tame(cell) for cell in each.values()] for each in entries)
    return text.getvalue()


def as_json_feed(page: FeedPage) -> dict[str, Any]:
    """What was decided lately, or before that, as a JSON Feed of version 1.1."""
    own = f"{settings.PUBLIC_URL}/register/feed.json"
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": f"{settings.PUBLIC_URL}/register/",
        "feed_url": page.address(own),
        **({"next_url": page.next_address(own)} if page.older else {}),
        "language": settings.LANGUAGE_CODE,
        "items": [
            {
                "id": _id(each),
                "url": report_address(each),
                "title": _headline(each),
                "content_text": _sentence(each),
                "tags": [each.standing],
                "_longleaf": {
                    "standing": each.standing,
                    "told": standing.told(each.standing),
                    "rubric_standing": each.instrument.standing if each.instrument else "",
                    "rubric_told": standing.told(each.instrument.standing) if each.instrument else "",
                },
                "date_published": _moment(each.recorded_at),
            }
            for each in page.decisions
        ],
    }


def as_atom(page: FeedPage) -> bytes:
    """The same as Atom, whose pages lead to one another (RFC 5005, section 3)."""
    own, decisions = f"{settings.PUBLIC_URL}/register/feed.atom", page.decisions
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": settings.LANGUAGE_CODE})
    _add(feed, "id", f"{settings.PUBLIC_URL}/register/")
    _add(feed, "title", TITLE)
    # An entry may do without an author only where the feed has one, and an empty feed has no entries.
    _add(SubElement(feed, "author"), "name", _author())
    # A feed says when it changed, also when there is nothing in it yet.
    _add(feed, "updated", _moment(decisions[0].recorded_at) if decisions else "1970-01-01T00:00:00Z")
    SubElement(feed, "link", {"rel": "self", "href": page.address(own)})
    SubElement(feed, "link", {"rel": "first", "href": own})
    if page.older:
        SubElement(feed, "link", {"rel": "next", "href": page.next_address(own)})
    SubElement(feed, "link", {"rel": "alternate", "href": f"{settings.PUBLIC_URL}/register/"})
    for each in decisions:
        item = SubElement(feed, "entry")
        _add(item, "id", _id(each))
        _add(item, "title", _headline(each))
        _add(item, "updated", _moment(each.recorded_at))
        _add(SubElement(item, "author"), "name", each.decided_by.name)
        SubElement(item, "link", {"rel": "alternate", "href": report_address(each)})
        SubElement(item, "category", {"term": each.standing, "label": standing.told(each.standing)})
        if each.instrument:
            known = {"scheme": RUBRIC_STANDING, "label": f"Rubric: {standing.told(each.instrument.standing)}"}
            SubElement(item, "category", {"term": each.instrument.standing, **known})
        _add(item, "summary", _sentence(each))
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def report_address(decision: QualityDecision) -> str:
    """Where everybody reads what was decided of a micro-credential or an organisation, and why."""
    if decision.organisation:
        return f"{settings.PUBLIC_URL}/register/organizations/{decision.organisation.slug}/"
    slug = decision.version.micro_credential.slug if decision.version else ""
    return f"{settings.PUBLIC_URL}/register/{slug}/"


def _id(decision: QualityDecision) -> str:
    return f"{report_address(decision)}#decision-{decision.pk}"


def _headline(decision: QualityDecision) -> str:
    return f"{wording.subject_of(decision)}: {decision.get_outcome_display()}"


def _sentence(decision: QualityDecision) -> str:
    return wording.recorded(decision)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _author() -> str:
    """Whose register it is."""
    agency = directory.agency()
    return agency.name if agency else TITLE


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = NOT_IN_XML.sub("", text)
