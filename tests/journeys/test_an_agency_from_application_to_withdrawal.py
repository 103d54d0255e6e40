"""An organisation applies, is approved on a condition, watched, complained about, suspended and withdrawn."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from playwright.sync_api import expect

from longleaf.quality.agencies.criteria import areas_of
from tests.journeys.others import another_verifier
from tests.journeys.reviews import is_asked
from tests.journeys.stage import ROOT, Site, Walker, served

pytestmark = [pytest.mark.browser]

PACK, SCRIPT = ROOT / "states" / "nc", ROOT / "demonstrations" / "nc.yaml"
WHO, NAMED = "friday-institute", "Friday Institute"
REVIEWERS = ("Noor", "Silas", "Ingrid")
AT_HAND, DOUBTED = "organisation", "PC-02"
BY_HAND = "A named person answers for it, whose post is described in an invented charter."
BY_VERBS = "An invented handbook tells it and is looked at every August."
SCOPE = "Micro-credentials on how learners think, for teachers in every grade (synthetic)."
ASKED = "Bring the figures of agreement for the first fifty pieces of evidence."
COMPLAINT = "Nobody answered three invented letters in two months."
SOON, LATER = date.today() + timedelta(days=60), date.today() + timedelta(days=700)  # noqa: DTZ011 (the server's own)
# What nobody could show by hand in the time of a test, by the verb that a page calls.
SHOW_THE_REST = f"""
from longleaf.quality.agencies import applying, queries
from longleaf.quality.models import Application
application = Application.objects.get(ref="{{ref}}")
for each in queries.file_of(application).criteria:
    if not each.is_shown:
        applying.save_showing(
            application=application, criterion=each.criterion.code, field="text", text="{BY_VERBS}", revision=0,
            acting_person=application.begun_by,
        )
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration told short, of a state that has not approved this organisation yet."""
    folder = tmp_path_factory.mktemp("demonstration")
    pack = Path(shutil.copytree(PACK, folder / "pack"))
    decisions = yaml.safe_load((pack / "recognitions.yaml").read_text())
    key = next(name for name, told in decisions.items() if any("organisation" in each for each in told))
    others = [each for each in decisions[key] if each["organisation"] != WHO]
    assert len(others) == len(decisions[key]) - 1
    (pack / "recognitions.yaml").write_text(yaml.safe_dump({**decisions, key: others}, allow_unicode=True))
    script = yaml.safe_load(SCRIPT.read_text())
    kept = {name: script[name] for name in ("people", "values", "judgements", "headline")}
    # Told short, nobody takes a test first, so that everybody reads.
    short = {**kept, "gate": {"certification": "once_anchored"}, "stories": script["stories"][:1]}
    (folder / "short.yaml").write_text(yaml.safe_dump(short, allow_unicode=True))
    with served(folder, moment="start", pack=pack, script=folder / "short.yaml") as opened:
        yield opened


def test_an_organisation_walks_from_its_application_to_its_withdrawal(site: Site, walker: Walker) -> None:
    application = begin(walker)
    show_an_area_by_hand(walker, application)
    show_the_rest(walker, site, application)
    review = hand_in(walker, application)
    be_read_by_two_who_differ_and_a_third(walker, review)
    approve_on_a_condition(walker, review)
    see_the_letter(walker, review)
    statement = statement_of(walker, site)
    with another_verifier() as verify:
        told = verify(walker, statement)
        assert (told.proof, told.status) == (True, True), told.reason
        assert not verify(walker, json.loads(json.dumps(statement).replace(NAMED, "Monday Institute"))).proof
        see_how_it_keeps_up(walker)
        assert may_be_begun(walker)
        answer(walker, complain(walker))
        suspend(walker)
        walker.wait_until(lambda: verify(walker, statement).status is False)
        lift(walker)
        again = statement_of(walker, site)
        assert verify(walker, again).status is True
        withdraw(walker)
        walker.wait_until(lambda: verify(walker, again).status is False)
        assert verify(walker, again).proof, "what was signed was signed"
    see_what_is_left(walker, site)
    assert walker.mistakes == [], "\n\n".join(walker.mistakes)


def begin(walker: Walker) -> str:
    """Its officer begins; gives the address of the application."""
    page = walker.page
    walker.be("Grant")
    walker.go("/quality/applications/")
    walker.look("applications")
    page.get_by_role("button", name=re.compile(f"Application to issue for .*{NAMED}")).click()
    page.wait_for_url(re.compile("/quality/applications/[A-Z]"))
    expect(page.locator("main")).to_contain_text("0 of 46")
    page.get_by_label("What do you ask to be approved for?").fill(SCOPE)
    page.get_by_role("button", name="Save", exact=True).click()
    return page.url


def show_an_area_by_hand(walker: Walker, application: str) -> None:
    """What is typed is kept without a button, a document is added, and what is missing is named with its place."""
    page = walker.page
    walker.go(f"{application}areas/{AT_HAND}/")
    for each in criteria_at_hand():
        place = page.locator(f"[id='id_text-{each}']")
        place.fill(BY_HAND)
        place.blur()
    page.locator("[id='id_links-PC-01']").fill("https://charter.example/of-an-invented-institute")
    opened = page.locator("#criterion-PC-01")
    opened.get_by_text("Add a document", exact=True).click()
    chosen = {"name": "charter.pdf", "mimeType": "application/pdf", "buffer": a_page()}
    opened.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    opened.get_by_role("button", name="Upload").click()
    expect(opened.get_by_role("link", name="charter.pdf")).to_be_visible()
    expect(page.locator("[id='id_links-PC-01']")).to_have_value("https://charter.example/of-an-invented-institute")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Everything you typed is saved.")
    walker.look("area-of-an-application")
    walker.go(application)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("main")).to_contain_text("nothing is shown yet")
    expect(page.get_by_label("What do you ask to be approved for?")).to_have_value(SCOPE)


def show_the_rest(walker: Walker, site: Site, application: str) -> None:
    shown = site.command("shell", "-c", SHOW_THE_REST.format(ref=application.rstrip("/").rpartition("/")[2]))
    assert shown.returncode == 0, shown.stderr
    walker.go(application)
    expect(walker.page.locator("main")).to_contain_text("46 of 46")
    walker.look("application")


def hand_in(walker: Walker, application: str) -> str:
    """Gives the reference of the review."""
    page = walker.page
    walker.go(f"{application}preview/")
    expect(page.locator("main")).to_contain_text(BY_HAND)
    walker.go(application)
    page.get_by_role("button", name="Hand it in").click()
    page.wait_for_url(re.compile("/quality/reviews/"))
    return page.url.rstrip("/").rpartition("/")[2]


def be_read_by_two_who_differ_and_a_third(walker: Walker, review: str) -> None:
    """Two read blind and differ on one criterion; by the state's rule a third decides."""
    first, second = [name for name in REVIEWERS if is_asked(walker, name, review)]
    read(walker, first, review, look=True)
    read(walker, second, review, doubts=True)
    (third,) = set(REVIEWERS) - {first, second}
    assert is_asked(walker, third, review)
    read(walker, third, review)


def read(walker: Walker, name: str, review: str, *, look: bool = False, doubts: bool = False) -> None:
    """Declare, rate each criterion with words of the application, and hand in."""
    page = walker.page
    walker.be(name)
    walker.go("/quality/")
    page.get_by_role("link", name=review).first.click()
    walker.tick("id_declared")
    page.get_by_role("button", name="Declare and take it up").click()
    expect(page.locator("#reading")).to_be_visible()
    for other in {*REVIEWERS} - {name}:
        assert other not in page.content()
    if look:
        walker.look("desk-of-a-reader-of-applications")
    quotations = page.eval_on_selector_all("[name^='quote-PC']", "all => all.map(each => each.name)")
    assert len(quotations) == 46
    for code in [each.removeprefix("quote-") for each in quotations]:
        words = BY_HAND if code in criteria_at_hand() else BY_VERBS
        found = ("shown", words, "It is there.")
        if doubts and code == DOUBTED:
            found = ("not-yet", "", "The post is named and nobody holds it.")
        page.evaluate(
            """([code, level, words, comment]) => {
                document.querySelector(`[name="level-${code}"][value="${level}"]`).checked = true;
                document.querySelector(`[name="quote-${code}"]`).value = words;
                document.querySelector(`[name="comment-${code}"]`).value = comment;
            }""",
            [code, *found],
        )
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#reading")).to_have_count(0)


def approve_on_a_condition(walker: Walker, review: str) -> None:
    """The state approves it for what it asks, for a term, and with a condition that has a day."""
    page = walker.page
    walker.be("Evelyn")
    walker.go(f"/quality/reviews/{review}/decide/")
    expect(page.locator("#found ~ *").first).to_be_visible()
    page.locator("label", has_text="Approved with conditions").first.click()
    page.get_by_label("Letter to the organization").fill("An invented letter about an invented application.")
    page.locator("[name='valid_until']").fill(LATER.isoformat())
    expect(page.get_by_label("Approved for")).to_have_value(SCOPE)
    page.locator("[name='what-1']").fill(ASKED)
    page.locator("[name='until-1']").fill(SOON.isoformat())
    walker.look("decide-on-an-application")
    page.get_by_role("button", name="Decide", exact=True).click()
    page.wait_for_url(re.compile("/letter/"))


def see_the_letter(walker: Walker, review: str) -> None:
    """Its officer reads the letter and learns of nobody who read; everybody finds the approval in the register."""
    page = walker.page
    walker.be("Grant")
    walker.go(f"/quality/reviews/{review}/letter/")
    for told in ("approved with conditions", ASKED, SCOPE):
        expect(page.locator("main")).to_contain_text(told)
    for reader in REVIEWERS:
        assert reader not in page.content()
    walker.look("letter-on-an-application")
    walker.go(f"/register/organizations/{WHO}/")
    expect(page.locator("main")).to_contain_text(ASKED)
    walker.look("approved-in-the-register")


def statement_of(walker: Walker, site: Site) -> dict[str, Any]:
    """The state's signed statement as anybody finds it: in the document of the issuer."""
    profile = walker.page.request.get(f"{site.url}/issuers/{WHO}").json()
    (statement,) = profile["endorsement"]
    assert statement["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert "with conditions" in statement["credentialSubject"]["endorsementComment"]
    return dict(statement)


def see_how_it_keeps_up(walker: Walker) -> None:
    """The agency sees what its live work shows; so does its own officer, by whole months."""
    page = walker.page
    walker.be("Evelyn")
    walker.go("/quality/agencies/")
    page.get_by_role("link", name=re.compile(NAMED)).first.click()
    expect(page.locator("main")).to_contain_text("Executive Function")
    row = page.get_by_role("row", name=re.compile("Executive Function"))
    expect(row.get_by_role("cell").first).to_have_text("10")
    walker.look("figures-of-an-issuer")


def complain(walker: Walker) -> str:
    """Anybody who is enrolled complains from the register; gives the address of the complaint."""
    page = walker.page
    walker.be("Maya")
    walker.go(f"/register/organizations/{WHO}/")
    page.get_by_role("link", name=re.compile("Complain about this organization")).click()
    page.get_by_label("What is wrong?").fill(COMPLAINT)
    walker.look("complain-about-an-organization")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(re.compile("/complaints/CMP-"))
    return page.url


def answer(walker: Walker, complaint: str) -> None:
    """The state upholds it, and whom it is about is not told who complained."""
    page = walker.page
    walker.be("Evelyn")
    walker.go(complaint)
    page.locator("label", has_text="Upheld").first.click()
    page.get_by_label("Answer", exact=True).fill("The letters are there, and no answer is.")
    walker.look("answer-a-complaint")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("main")).to_contain_text("The letters are there")
    walker.be("Maya")
    walker.go(complaint)
    expect(page.locator("main")).to_contain_text("Upheld")


def suspend(walker: Walker) -> None:
    page = walker.page
    walker.be("Evelyn")
    look_after(walker)
    page.get_by_label("Why?").fill("Nobody answers. This is an invented reason.")
    walker.look("look-after-an-organization")
    page.get_by_role("button", name="Suspend").click()
    expect(page.locator("main")).to_contain_text("suspended from today on")
    walker.go(f"/register/organizations/{WHO}/")
    expect(page.locator("main")).to_contain_text("Approval suspended")


def lift(walker: Walker) -> None:
    page = walker.page
    look_after(walker)
    page.get_by_label("Why?").fill("A named person answers now.")
    page.get_by_role("button", name="Lift the suspension").click()
    expect(page.locator("main")).to_contain_text("holds again")


def withdraw(walker: Walker) -> None:
    page = walker.page
    look_after(walker)
    page.get_by_label("Why?").fill("Nobody answers again. This is an invented reason.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator("main")).to_contain_text("withdrawn from today on")
    walker.go(f"/register/organizations/{WHO}/")
    expect(page.locator("main")).to_contain_text("Nobody answers again.")
    walker.look("withdrawn-organization-in-the-register")


def look_after(walker: Walker) -> None:
    walker.go(f"/quality/oversight/organizations/{WHO}/agency/")


def see_what_is_left(walker: Walker, site: Site) -> None:
    """Nobody states anything of it any more, nobody begins on what it offers, and who earned a badge keeps it."""
    page = walker.page
    assert "endorsement" not in page.request.get(f"{site.url}/issuers/{WHO}").json()
    entries = page.request.get(f"{site.url}/register/organizations.json").json()["entries"]
    (entry,) = [each for each in entries if each["organization"] == WHO]
    assert entry["status"] == "withdrawn"
    assert not may_be_begun(walker)
    walker.be("Maya")
    walker.go("/my/badges/")
    page.get_by_role("link", name="Working Memory").first.click()
    expect(page.get_by_text("This badge is valid").first).to_be_visible()


def may_be_begun(walker: Walker) -> bool:
    """Whether an educator who has not begun is led to begin on what the organisation offers."""
    walker.be("Jordan")
    walker.go("/catalog/working-memory/")
    return walker.page.get_by_role("link", name="Begin", exact=True).count() > 0


@cache
def criteria_at_hand() -> list[str]:
    document = yaml.safe_load((PACK / "agency-criteria.yaml").read_text())
    (area,) = [each for each in areas_of(document) if each.code == AT_HAND]
    return [each.code for each in area.criteria]


def a_page() -> bytes:
    """A PDF of one empty page."""
    kept = BytesIO()
    Image.new("RGB", (60, 80), "white").save(kept, "PDF")
    return kept.getvalue()
