"""The register as anybody reads it: the list, the report, the files and the feeds."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.catalog import publishing
from longleaf.catalog.models import Version
from longleaf.directory import registering
from longleaf.journal import recording
from longleaf.kit import keeping
from longleaf.panels.events import Event
from longleaf.quality import deciding, wording
from longleaf.quality.models import Instrument, QualityDecision
from longleaf.quality.register import documents, queries
from longleaf.quality.reviewing.deciding import Asked, decide
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.reviewing import stage
from tests import cast

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def record(state, agency):
    def recorded(version, outcome=Outcome.RECOGNISED, valid_from=JANUARY, **facts):
        return deciding.record_decision(
            state=state,
            decided_by=agency,
            version=version,
            outcome=outcome,
            valid_from=valid_from,
            acting_person=None,
            **facts,
        )

    return recorded


@pytest.fixture
def others(state, issuer):
    documents = [cast.make_document(slug=f"other-{number}", title=f"=Other {number}") for number in (1, 2)]
    return [cast.publish(state, issuer, document) for document in documents]


def slugs(client, **asked):
    return [each["micro_credential"] for each in client.get("/register/register.json", asked).json()["entries"]]


def cost(client, address):
    """How often it asks, and how long it is; what is kept between requests is forgotten before."""
    client.get(address)
    keeping.forget()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


def test_what_holds_today_stands_once_and_can_be_narrowed(record, version, others, client):
    record(version)
    record(version, Outcome.WITHDRAWN, MARCH)
    record(others[0], valid_until=MARCH)
    record(others[1], Outcome.CONDITIONS)
    record(others[1], Outcome.WITHDRAWN, timezone.localdate() + timedelta(days=9))
    assert slugs(client) == [version.micro_credential.slug, "other-2", "other-1"]
    assert slugs(client, state="conditions") == ["other-2"]
    assert slugs(client, state="ended") == [version.micro_credential.slug, "other-1"]
    assert slugs(client, q="prairie other") == ["other-2", "other-1"]
    assert slugs(client, issuer="NOBODY") == []
    page = unescape(client.get("/register/", {"state": "conditions"}).content.decode())
    assert "1 entry" in page
    assert "=Other 2 (synthetic), version 1" in page


def test_what_is_offered_no_more_is_found_still(state, issuer, record, version, client):
    record(version)
    slug, earlier = version.micro_credential.slug, version.title
    cast.publish(state, issuer, cast.make_document(slug, title="Marmalade"))
    assert slugs(client, q=f"{earlier.upper()} prairie") == [slug]
    assert slugs(client, q="marmalade") == [], "nobody has decided on that version"
    publishing.retire(version=Version.objects.get(title="Marmalade"), acting_person=None)
    assert slugs(client, q=earlier) == [slug]


def test_it_is_taken_along_as_a_table_that_runs_nothing(record, others, client):
    record(others[0], conditions="One.\nTwo.", outcome=Outcome.CONDITIONS, standing="synthetic")
    answer = client.get("/register/register.csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["title"], row["conditions"], row["standing"]) == ("'=Other 1", "One.\nTwo.", "synthetic")
    assert row["report"].endswith("/register/other-1/")
    assert client.get("/register/register.csv", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    record(others[0], Outcome.WITHDRAWN, MARCH)
    assert client.get("/register/register.csv", headers={"If-None-Match": answer["ETag"]}).status_code == 200


@pytest.mark.parametrize("file", ["register.csv", "register.json", "feed.atom", "feed.json"])
def test_its_fingerprint_tells_of_nothing_else_that_was_decided(record, version, lead_assessor, client, file):
    record(version)
    before = client.get(f"/register/{file}")["ETag"]
    recording.record(Event.PANEL_CONVENED, actor=lead_assessor, subject="panel:PAN-2222-2222", data={})
    assert client.get(f"/register/{file}")["ETag"] == before


def test_what_changed_is_followed_by_two_feeds(record, version, client):
    record(version)
    record(version, Outcome.WITHDRAWN, MARCH)
    items = client.get("/register/feed.json").json()["items"]
    assert [each["title"].rpartition(": ")[2] for each in items] == ["Withdrawn", "Recognized"]
    assert items[0]["content_text"].startswith("Meadow Department of Learning withdrew its recognition of")
    feed = ElementTree.fromstring(client.get("/register/feed.atom").content)
    assert [each.findtext(f"{ATOM}id") for each in feed.findall(f"{ATOM}entry")] == [each["id"] for each in items]
    assert feed.findtext(f"{ATOM}updated") == items[0]["date_published"]


def test_feeds_lead_on_to_everything_that_was_ever_decided(record, version, others, client, monkeypatch):
    monkeypatch.setattr(queries, "NEWEST_IN_FEED", 2)
    for each in (version, *others):
        record(each)
        record(each, Outcome.WITHDRAWN, MARCH)
    record(version, Outcome.RECOGNISED, date(2026, 4, 1))
    QualityDecision.objects.update(recorded_at=timezone.now())
    told, address, pages = [], "/register/feed.json", 0
    while address:
        page = client.get(address).json()
        told += [each["id"] for each in page["items"]]
        assert page["feed_url"].endswith(address)
        address, pages = page.get("next_url", "").removeprefix(settings.PUBLIC_URL), pages + 1
    assert (len(told), len(set(told)), pages) == (7, 7, 4)
    entries, address = [], "/register/feed.atom"
    while address:
        feed = ElementTree.fromstring(client.get(address).content)
        entries += [each.findtext(f"{ATOM}id") for each in feed.findall(f"{ATOM}entry")]
        links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
        assert links["self"].endswith(address)
        assert links["first"].endswith("/register/feed.atom")
        address = links.get("next", "").removeprefix(settings.PUBLIC_URL)
    assert entries == told
    for nowhere in ("x", "0", "9" * 40):
        assert client.get("/register/feed.atom", {"before": nowhere}).status_code == 404


def test_feeds_and_the_signed_statement_tell_how_sure_the_rubric_is(state, record, version, client):
    instrument = stage.publish(state)
    Instrument.objects.update(standing="reconstructed")
    instrument.refresh_from_db()
    decision = record(version, instrument=instrument)
    (item,) = client.get("/register/feed.json").json()["items"]
    assert item["_longleaf"]["rubric_standing"] == "reconstructed"
    feed = ElementTree.fromstring(client.get("/register/feed.atom").content)
    schemes = {each.get("scheme"): each.get("term") for each in feed.iter(f"{ATOM}category")}
    assert schemes == {None: "official", documents.RUBRIC_STANDING: "reconstructed"}
    assert "How sure its wording is: Reconstructed." in wording.statement(decision)
    Instrument.objects.update(standing="official")
    instrument.refresh_from_db()
    assert "How sure" not in wording.statement(decision)


def test_the_report_tells_what_was_found_and_nothing_that_was_written_for_the_issuer(
    state, agency, version, designer, state_officer, client
):
    signing_keys.create_key(organisation=agency, acting_person=None)
    stage.publish(state)
    stage.make_reviewers(agency)
    review = stage.hand_in(version, designer, note="Between us.")
    readers = stage.seats(review)
    for seat in readers:
        stage.read(seat, S2_a=stage.NOT_YET)
    soon = timezone.localdate() + timedelta(days=99)
    asked = [Asked("Add a glossary.", soon)]
    facts = {"outcome": Outcome.CONDITIONS, "letter": "Dear all.", "valid_until": soon, "conditions": asked}
    at = f"/register/{version.micro_credential.slug}/"
    assert "Single skill" not in client.get(at).content.decode()
    decide(review=review, acting_person=state_officer, **facts)
    page = unescape(client.get(at).content.decode())
    for told in ("Single skill", stage.WORDS, "Not yet met", "Add a glossary.", "Meadow Marks"):
        assert told in page
    for kept in ("About S1.a.", "Dear all.", "Between us.", "Reader A", *(seat.rater.name for seat in readers)):
        assert kept not in page
    assert at in client.get(f"/catalog/{version.micro_credential.slug}/").content.decode()


def test_it_asks_as_many_questions_for_many_as_for_one(state, record, version, others, client):
    pages = ("", "?q=prairie", "?q=prairie&state=recognised", "register.json", "register.csv", "feed.atom", "feed.json")
    addresses = [f"/register/{each}" for each in pages]
    instrument = stage.publish(state)
    record(version, instrument=instrument)
    few = [cost(client, address) for address in addresses]
    for other in others:
        record(other, instrument=instrument)
    many = [cost(client, address) for address in addresses]
    assert [asked for asked, _ in many] == [asked for asked, _ in few]
    assert all(longer > shorter for (_, longer), (_, shorter) in zip(many, few, strict=True)), "nothing was added to it"


def test_the_register_of_organisations_asks_as_much_for_twenty_as_for_two(state, agency, client):
    def approve(number):
        told = {"slug": f"house-{number}", "kind": "nonprofit", "name": f"House {number}", "standing": "synthetic"}
        registering.register_organisations(state=state, organisations={f"H{number}": told})
        organisation = state.organisations.get(code=f"H{number}")
        for judges in (Judges.AGENCY, Judges.PLAN):
            instrument = Instrument.objects.get_or_create(
                state=state, code=judges.value, judges=judges,
                defaults={
                    "edition": "1", "title": judges.label, "document": {}, "digest": judges.value,
                    "standing": "synthetic",
                },
            )[0]  # fmt: skip
            deciding.record_decision(
                state=state, decided_by=agency, organisation=organisation, instrument=instrument,
                outcome=Outcome.RECOGNISED, valid_from=JANUARY, acting_person=None,
            )  # fmt: skip

    def asked(address):
        return cost(client, address)[0]

    signing_keys.create_key(organisation=agency, acting_person=None)
    addresses = [f"/register/organizations{end}" for end in ("/", ".json", ".csv")]
    approve(0)
    few = [asked(address) for address in addresses]
    for number in range(1, 10):
        approve(number)
    assert client.get("/register/organizations/").content.decode().count("/register/organizations/house-") == 20
    assert [asked(address) for address in addresses] == few


def test_feeds_are_sound_when_empty_and_with_whatever_stands_in_a_pack(record, version, client, agency):
    empty = ElementTree.fromstring(client.get("/register/feed.atom").content)
    assert empty.find(f"{ATOM}author/{ATOM}name").text == "Meadow Department of Learning"
    agency.name = "Meadow\x0bDepartment\x1b"
    agency.save(update_fields=["name"])
    record(version)
    told = ElementTree.fromstring(client.get("/register/feed.atom").content)
    assert told.find(f"{ATOM}entry/{ATOM}author/{ATOM}name").text == "MeadowDepartment"


def test_a_decision_of_tomorrow_does_not_hide_what_holds_today(record, version, client):
    record(version)
    record(version, Outcome.WITHDRAWN, timezone.localdate() + timedelta(days=1))
    page = unescape(client.get(f"/register/{version.micro_credential.slug}/").content.decode())
    assert "Nobody has decided on it." not in page


def test_what_is_not_official_says_so_in_every_file_and_on_every_page(state, record, version, client):
    instrument = stage.publish(state)
    Instrument.objects.update(standing="reconstructed")
    record(version, standing="reconstructed", instrument=instrument)
    sentence = "was put together from what is publicly known"
    (entry,) = client.get("/register/register.json").json()["entries"]
    told = (entry["standing"], entry["rubric_standing"], entry["design_standing"])
    assert told == ("reconstructed", "reconstructed", "synthetic")
    assert sentence in client.get("/register/register.json").json()["standings"]["reconstructed"]
    (row,) = csv.DictReader(StringIO(client.get("/register/register.csv").content.decode("utf-8-sig")))
    assert (row["standing"], row["rubric_standing"], row["design_standing"]) == told
    (item,) = client.get("/register/feed.json").json()["items"]
    assert item["tags"] == ["reconstructed"]
    assert "This decision is reconstructed" in item["content_text"]
    feed = ElementTree.fromstring(client.get("/register/feed.atom").content)
    assert feed.find(f"{ATOM}entry/{ATOM}category").get("term") == "reconstructed"
    slug = version.micro_credential.slug
    listed, report = client.get("/register/").content.decode(), client.get(f"/register/{slug}/").content.decode()
    told = (listed.count("Reconstructed"), listed.count("(reconstructed)"))
    assert told == (1, 1), "the decision, and the rubric that it was taken by"
    assert report.count("Reconstructed") >= 2
    assert "Synthetic" in report, "the design"
    case = client.get(f"/catalog/{slug}/rubric.json").json()
    assert case["extensions"]["longleaf"]["standing"] == "synthetic"
    assert case["description"].startswith("Synthetic. This was made up")
    document = client.get(f"/catalog/{slug}/document.json").json()
    assert (document["document"]["standing"], document["standing_told"][:10]) == ("synthetic", "Synthetic.")
    assert "Synthetic" in client.get(f"/catalog/{slug}/packet/").content.decode()
