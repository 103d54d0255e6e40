"""A teacher's micro-credential, from the catalog to a verified badge and renewal credit, in a real browser."""

from __future__ import annotations

import io
import json
import re
import wave
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from longleaf.engines.openbadges.reading import read
from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]

SLUG = "improve-student-understanding-with-feedback"
TITLE = "Improve Student Understanding with Feedback"
SENTENCE = "Nineteen drafts told what happened and only four told why, so I chose one question for each draft. "
PATTERN = SENTENCE * 9
EFFECT = SENTENCE * 12
ASSESSORS = ("Lena", "Samuel", "Tomás", "Harriet", "Daniel")
CRITERIA = ("goal", "usable", "used", "learning-from-it")


def test_a_teacher_walks_from_the_catalog_to_renewal_credit(site: Site, walker: Walker, tmp_path: Path) -> None:
    find_it(walker)
    begin_and_write(walker)
    bring_files(walker, tmp_path)
    hand_in(walker)
    check_that_it_is_complete(walker)
    first, second, third = (read_it(walker, reader) for reader in (1, 2, 3))
    assert len({first, second, third}) == 3
    learn_that_it_is_not_yet(walker)
    assert try_again(walker).isdisjoint({first, second, third}), "the second round is read by others"
    badge = receive_the_badge(walker, site, tmp_path)
    see_it_counted(walker)
    let_the_badge_tell_more(walker, site, badge)
    be_known_by_another_address(walker, site)
    award_a_list(walker, site)
    give_the_issuer_another_key(walker, site, badge)
    revoke(walker, site, badge)
    read_the_journal(walker, site)
    assert walker.mistakes == [], "\n\n".join(walker.mistakes)


def find_it(walker: Walker) -> None:
    page = walker.page
    walker.go("/")
    walker.look("welcome")
    walker.go("/catalog/")
    walker.look("catalog")
    page.get_by_role("searchbox").first.fill("feedback")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    page.wait_for_load_state("networkidle")
    walker.tick("facet-role-instructional-coach")
    page.wait_for_url(re.compile("role=instructional-coach"))
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    walker.look("catalog-narrowed")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("h1")).to_have_text(re.compile(TITLE))
    for promised in ("What you bring", "How it is judged", "Who recognizes it", "What it is worth to you"):
        expect(page.get_by_role("heading", name=promised).first).to_be_visible()
    walker.look("micro-credential")
    walker.go(f"/catalog/{SLUG}/packet/")
    walker.look("packet")
    for path in ("/glossary/", "/standards/", "/accessibility/", "/privacy/", "/sign-in/", "/demo/"):
        walker.go(path)
        walker.look(path.strip("/"))


def begin_and_write(walker: Walker) -> None:
    """Signs in with a password; types, loses the network, closes the page, and finds every word again."""
    page = walker.page
    walker.go("/sign-in/")
    page.locator("[name=login]").fill("maya@people.example")
    page.locator("[name=password]").fill(walker.site.told["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_contain_text("Maya")
    walker.look("home-of-an-educator")
    walker.go(f"/catalog/{SLUG}/")
    expect(page.get_by_text("It would count")).to_be_visible()
    page.get_by_role("link", name="Begin", exact=True).click()
    walker.look("begin")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url(re.compile("/work/ATT-"))
    walker.look("editor-empty")

    field = page.locator("#requirement-pattern textarea")
    field.fill(PATTERN)
    expect(page.locator("#requirement-pattern").get_by_text(re.compile("^Saved"))).to_be_visible()
    walker.context.set_offline(True)
    field.press("End")
    field.type("Typed without a network.")
    expect(page.locator("#requirement-pattern").get_by_text(re.compile("Kept on this device"))).to_be_visible()
    editor = page.url
    page = walker.close_and_reopen()
    walker.context.set_offline(False)
    page.goto(editor)
    expect(page.locator("#requirement-pattern textarea")).to_have_value(re.compile("Typed without a network"))
    walker.wait_until(lambda: "Typed without a network" in page.request.get(editor).text())
    page.locator("#requirement-effect textarea").fill(EFFECT)
    expect(page.locator("#requirement-effect").get_by_text(re.compile("^Saved"))).to_be_visible()


def bring_files(walker: Walker, folder: Path) -> None:
    page = walker.page
    picture, sound, program = folder / "Jane Doe's draft.png", folder / "explains.wav", folder / "harmless.pdf"
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(picture)
    with wave.open(str(sound), "wb") as tone:
        tone.setparams((1, 2, 16_000, 0, "NONE", ""))
        tone.writeframes(bytes(64_000))
    program.write_bytes(b"MZ" + bytes(4_000))
    place = page.locator("#requirement-threads")
    place.locator("input[type=file]").set_input_files(program)
    refusal = re.compile("not what|is not a|does not look|says it is", re.IGNORECASE)
    expect(place.get_by_text(refusal).first).to_be_visible()
    place.locator("input[type=file]").set_input_files(picture)
    expect(page.locator("#artifacts-threads").get_by_role("link", name="Jane Doe's draft.png")).to_be_visible()
    page.locator("#requirement-voice input[type=file]").set_input_files(sound)
    expect(page.locator("#artifacts-voice").get_by_role("link", name="explains.wav")).to_be_visible()
    page.reload()
    walker.look("editor-filled")


def hand_in(walker: Walker) -> None:
    page = walker.page
    page.get_by_role("button", name="See it as assessors will").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "Jane Doe" not in page.content()
    assert "Maya" not in page.locator("main").inner_text()
    walker.look("preview")
    page.go_back()
    page.get_by_role("button", name="Go on to handing in").first.click()
    page.wait_for_url(re.compile("/submit/"))
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Nothing was handed in yet")).to_be_visible()
    walker.look("hand-in-refused")
    say_who_is_shown(walker)
    say_what_helped(walker)
    page.get_by_role("link", name="Go on to handing in").click()
    look_through(walker)
    agree(walker)
    page.locator("label", has_text="The pattern you saw").click()
    walker.look("hand-in")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Submitted")
    walker.look("handed-in")


def look_through(walker: Walker) -> None:
    """Ticks the picture and the recording, and finds both ticked when the page is opened again."""
    page = walker.page
    boxes = page.locator("#id_looked input")
    expect(boxes).to_have_count(2)
    for number in range(2):
        with page.expect_response(re.compile("/looked-through/")):
            walker.tick(f"id_looked_{number}")
    page.reload()
    for number in range(2):
        expect(boxes.nth(number)).to_be_checked()


def say_who_is_shown(walker: Walker) -> None:
    page = walker.page
    page.get_by_role("link", name="Look at people and tools").click()
    page.locator("#id_names").fill("Jane Doe\nPeter Poe")
    page.get_by_role("button", name="Look for these names").click()
    expect(page.locator("#found mark")).to_have_text("Jane Doe")
    page.get_by_role("button", name=re.compile("It is not a name here")).click()
    expect(page.locator("#found mark")).to_have_count(0)
    page.locator("#id_kind").select_option("guardian_form")
    page.locator("#id_given_on").fill("2026-03-02")
    page.locator("#id_kept_where").fill("School office, green folder")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("table")).to_contain_text("Student 1")
    people = page.locator("#people form", has=page.get_by_role("button", name="Keep who is shown"))
    for place in range(people.count()):
        people.nth(place).locator("label", has_text="Student 1").click()
        people.nth(place).get_by_role("button", name="Keep who is shown").click()
    expect(page.locator("#people").get_by_text("Still to be said")).to_have_count(0)
    walker.look("people-and-tools")


def say_what_helped(walker: Walker, *, answer: str = "No such tool") -> None:
    """For each requirement that asks; what was said in an earlier round is there to be kept."""
    page = walker.page
    unsaid = page.locator("#tools form", has_text="Still to be said")
    while unsaid.count():
        left = unsaid.count()
        box = unsaid.first.get_by_label(answer)
        if not box.is_checked():
            unsaid.first.locator("label", has_text=answer).click()
        unsaid.first.get_by_role("button", name="Keep this").click()
        expect(unsaid).to_have_count(left - 1)


def agree(walker: Walker) -> None:
    walker.tick("statement-privacy")
    walker.tick("statement-integrity")


def check_that_it_is_complete(walker: Walker) -> None:
    page = walker.page
    walker.be("Ruth")
    walker.go("/assess/")
    walker.look("queue-of-a-lead-assessor")
    page.get_by_role("row", name=re.compile(TITLE)).get_by_role("link").first.click()
    assert "Maya" not in page.content()
    assert "Jane Doe" not in page.content()
    walker.look("completeness-check")
    page.get_by_role("button", name="Everything is there").click()
    page.wait_for_url(re.compile("/assess/$"))


def read_it(walker: Walker, reader: int) -> str:
    """The next reader to whom the submission is offered reads it; the second finds one criterion not yet shown."""
    page = walker.page
    for name in ASSESSORS:
        walker.be(name)
        walker.go("/assess/")
        offered = page.get_by_role("row", name=re.compile(TITLE))
        if not offered.count():
            continue
        if reader == 1:
            walker.look("queue-of-an-assessor")
        offered.get_by_role("link").first.click()
        if reader == 1:
            walker.look("reading-offered")
        page.get_by_role("button", name="Take it up").click()
        assert "Maya" not in page.content()
        assert "Surry" not in page.content()
        assert "Jane Doe" not in page.content()
        rate(walker, not_yet="usable" if reader > 1 else "")
        if reader == 1:
            walker.look("scoring-desk")
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url(re.compile("/assess/"))
        return name
    raise AssertionError(f"Reader {reader}: the submission was offered to nobody.")


def rate(walker: Walker, *, not_yet: str) -> None:
    """Chooses a level for each criterion by the keyboard alone, and comments where it is not yet shown."""
    page = walker.page
    for criterion in CRITERIA:
        levels = page.locator(f"input[name='level-{criterion}']")
        if not levels.count():
            continue
        levels.first.focus()
        page.keyboard.press("2" if criterion == not_yet else "3")
        comment = page.locator(f"[name='comment-{criterion}']")
        comment.fill(
            "The third comment asks for two things at once." if criterion == not_yet else "The evidence shows it."
        )
        comment.blur()
    page.wait_for_timeout(1500)


def learn_that_it_is_not_yet(walker: Walker) -> None:
    page = walker.page
    walker.be("Maya")
    walker.go("/work/")
    walker.look("my-work")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url(re.compile("/decision/|/work/ATT"))
    if "/decision/" not in page.url:
        page.get_by_role("link", name=re.compile("decision", re.IGNORECASE)).first.click()
    expect(page.get_by_text("Not yet").first).to_be_visible()
    expect(page.get_by_text("The third comment asks for two things at once.").first).to_be_visible()
    for name in ASSESSORS:
        assert name not in page.content()
    walker.look("decision-not-yet")


def try_again(walker: Walker) -> set[str]:
    """Only what was not met is open; two readers, whom it gives, find it demonstrated."""
    page = walker.page
    page.get_by_role("button", name="Open the next round").click()
    page.wait_for_url(re.compile("/work/ATT-[^/]+/$"))
    expect(page.locator("#requirement-effect textarea")).to_have_count(0)
    walker.look("editor-next-round")
    page.get_by_role("button", name="Go on to handing in").first.click()
    page.get_by_role("link", name="Look at people and tools").click()
    say_what_helped(walker)
    page.get_by_role("link", name="Go on to handing in").click()
    agree(walker)
    page.get_by_role("button", name="Hand in").dblclick()
    expect(page.locator("main")).to_contain_text("Submitted")
    check_that_it_is_complete(walker)
    return {read_next_round(walker) for _ in range(2)}


def read_next_round(walker: Walker) -> str:
    page = walker.page
    for name in ASSESSORS:
        walker.be(name)
        walker.go("/assess/")
        offered = page.get_by_role("row", name=re.compile(TITLE))
        if not offered.count():
            continue
        offered.get_by_role("link").first.click()
        page.get_by_role("button", name="Take it up").click()
        assert page.locator("input[name='level-goal']").count() == 0
        rate(walker, not_yet="")
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url(re.compile("/assess/"))
        return name
    raise AssertionError("The second round was offered to nobody.")


def receive_the_badge(walker: Walker, site: Site, folder: Path) -> Path:
    page = walker.page
    walker.be("Maya")
    walker.go("/work/")
    page.get_by_role("link", name=TITLE).click()
    if "/decision/" not in page.url:
        page.get_by_role("link", name=re.compile("decision", re.IGNORECASE)).first.click()
    expect(page.get_by_text("Demonstrated").first).to_be_visible()
    walker.look("decision-demonstrated")
    page.get_by_role("link", name="Go to your badge").click()
    expect(page.get_by_text("This badge is valid").first).to_be_visible()
    address = page.url
    walker.look("badge")
    walker.go("/my/badges/")
    walker.look("my-badges")

    picture = folder / "badge.png"
    picture.write_bytes(page.request.get(f"{address}badge.png").body())
    assert Image.open(io.BytesIO(picture.read_bytes())).size[0] >= 300
    served_credential = page.request.get(f"{address}credential.json").json()
    assert read(picture.read_bytes()).credential == served_credential
    kept = folder / "credential.json"
    kept.write_text(json.dumps(served_credential))

    told = site.command("verify", str(kept), "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    report = json.loads(told.stdout)
    assert report["verdict"] == "valid"
    assert [step["step"] for step in report["steps"]] == [
        "format", "proof", "issuer", "status", "validity", "recognition",
    ]  # fmt: skip
    # What the state says of it is a statement with an address of its own, which verifies like a badge.
    recognition = report["steps"][-1]
    assert recognition["outcome"] == "passed"
    statement = recognition["reason"].partition("Signed statement: ")[2]
    assert site.command("verify", statement).returncode == 0
    assert site.command("verify", str(picture)).returncode == 0
    assert site.command("verify", f"{address}credential.json").returncode == 0
    altered = folder / "altered.json"
    altered.write_text(kept.read_text().replace("Maya Whitfield", "Mallory Whitfield"))
    assert altered.read_text() != kept.read_text()
    assert site.command("verify", str(altered)).returncode == 1

    walker.context.clear_cookies()
    walker.go("/verify/")
    walker.look("verify")
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="Verify").last.click()
    expect(page.locator("#verdict")).to_contain_text("valid")
    walker.look("verified")
    return kept


def see_it_counted(walker: Walker) -> None:
    page = walker.page
    walker.be("Maya")
    walker.go("/renewal/")
    line = page.get_by_role("row", name=re.compile(TITLE)).first
    expect(line).to_contain_text("Surry County Schools gives 1.2 renewal credits")
    walker.look("renewal-ledger")


def let_the_badge_tell_more(walker: Walker, site: Site, badge: Path) -> None:
    """One more piece of evidence is released; the file that was taken along before is now an older copy, and good."""
    page = walker.page
    walker.be("Maya")
    walker.go("/my/badges/")
    page.get_by_role("link", name=TITLE).click()
    address = page.url
    page.get_by_role("link", name="Change what it tells").click()
    page.locator("label", has_text="in the earner’s words").first.click()
    page.get_by_role("button", name="Reissue the badge").click()
    expect(page.locator("main")).to_contain_text("then tick the statement")
    walker.look("release-refused")
    page.locator("label", has_text="No student can be recognized").click()
    page.get_by_role("button", name="Reissue the badge").click()
    expect(page.locator("main")).to_contain_text("The badge is reissued.")
    page.get_by_text("Show it on a page of your own").click()
    walker.look("badge-reissued")
    assert site.command("verify", f"{address}credential.json").returncode == 0
    assert site.command("verify", f"{address}credential.jwt").returncode == 0
    older = site.command("verify", str(badge), "--json")
    assert older.returncode == 0, older.stdout
    status = next(step for step in json.loads(older.stdout)["steps"] if step["step"] == "status")
    assert "this copy is an older one" in status["reason"]
    assert page.request.get(f"{address}certificate.pdf").status in {200, 503}


def be_known_by_another_address(walker: Walker, site: Site) -> None:
    page = walker.page
    walker.go("/my/profile/")
    walker.look("name-and-addresses")
    page.get_by_label("Another address of yours").fill("maya at home")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.locator("main")).to_contain_text("This is not an e-mail address.")
    renamed = site.command("rename", "maya@people.example", "Maya Whitfield-Ellis")
    assert renamed.returncode == 0, renamed.stderr
    walker.go("/my/badges/")
    walker.look("badges-with-an-older-name")
    page.get_by_role("button", name=re.compile("^Reissue ")).click()
    expect(page.locator("main")).to_contain_text("reissued.")
    expect(page.get_by_role("button", name=re.compile("^Reissue "))).to_have_count(0)
    assert site.command("rename", "maya@people.example", "Maya Whitfield").returncode == 0
    record = page.request.get(f"{site.url}/my/badges/learner-record.json")
    assert record.status == 200
    assert record.json()["type"] == ["VerifiableCredential", "ClrCredential"]


def award_a_list(walker: Walker, site: Site) -> None:
    page = walker.page
    walker.be("Grant")
    walker.go("/issued/lists/")
    page.get_by_label("Micro-credential and version").select_option("Executive Function (partly verified), version 1")
    page.get_by_label("How the work was judged").fill("A panel of three read each portfolio on paper in May 2026.")
    page.get_by_label("Earned on").fill("2026-05-29")
    walker.look("award-a-list")
    listed = b"person,name\nmaya@people.example,\njordan@people.example,Jordan Ellis\nnobody@people.example,\n"
    page.locator("input[type=file]").set_input_files({"name": "cohort.csv", "mimeType": "text/csv", "buffer": listed})
    page.get_by_role("button", name="Check the list").click()
    expect(page.locator("main")).to_contain_text("2 people are ready to be awarded.")
    walker.look("list-checked")
    page.get_by_role("button", name="Award 2 people").click()
    # The page looks again by itself until all are settled.
    expect(page.locator("main")).to_contain_text("2 badges were awarded.", timeout=60_000)
    walker.look("list-awarded")
    report = page.request.get(f"{page.url}report.csv").text()
    assert [line.split(",")[3] for line in report.splitlines()[1:]] == ["Awarded", "Awarded", "To mend"]
    walker.be("Maya")
    walker.go("/my/badges/")
    page.get_by_role("link", name="Executive Function").click()
    expect(page.get_by_text("This badge is valid").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("The issuer judged the work elsewhere")
    walker.look("badge-judged-elsewhere")


def give_the_issuer_another_key(walker: Walker, site: Site, badge: Path) -> None:
    page = walker.page
    walker.be("Grant")
    walker.go("/signing-keys/")
    walker.look("signing-keys")
    page.get_by_role("link", name="Give it another key").first.click()
    walker.look("another-key")
    page.get_by_role("button", name="Retire this key and sign with a new one").click()
    expect(page.get_by_text("Signs nothing new; what it signed stays valid").first).to_be_visible()
    assert site.command("verify", str(badge)).returncode == 0
    page.get_by_role("link", name=re.compile("as compromised")).last.click()
    walker.look("compromised-key")
    page.get_by_role("button", name="Report this key").click()
    expect(page.locator("main")).to_contain_text("Give the first day")
    walker.look("compromised-key-refused")


def revoke(walker: Walker, site: Site, badge: Path) -> None:
    page = walker.page
    walker.be("Grant")
    walker.go("/issued/")
    walker.look("issued-badges")
    page.get_by_role("row", name=re.compile(TITLE)).get_by_role("link", name=re.compile("Revoke")).click()
    page.get_by_role("button", name="Revoke this badge").click()
    expect(page.locator("main")).to_contain_text("Reason")
    page.get_by_label("Reason").fill("A second reading of the recording showed work of somebody else.")
    walker.look("revoke")
    page.get_by_role("button", name="Revoke this badge").click()
    page.wait_for_load_state()
    told = site.command("verify", str(badge), "--json")
    assert told.returncode == 1, told.stdout
    status = next(step for step in json.loads(told.stdout)["steps"] if step["step"] == "status")
    assert status["outcome"] == "failed"
    walker.be("Maya")
    walker.go("/renewal/")
    expect(page.locator("main")).not_to_contain_text("gives 1.2 renewal credits")


def read_the_journal(walker: Walker, site: Site) -> None:
    walker.be("Evelyn")
    walker.go("/journal/")
    walker.look("journal")
    walker.be("Dana")
    walker.go("/renewal/values/")
    walker.look("local-values")
    told = site.command("journal", "verify")
    assert told.returncode == 0, told.stderr
    assert "The chain holds" in told.stdout
