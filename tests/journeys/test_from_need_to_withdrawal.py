"""A designer's micro-credential from a need to a signed recognition that others' software believes, and its end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.others import another_verifier
from tests.journeys.reviews import is_asked
from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]

REVIEWERS = ("Noor", "Silas", "Ingrid")
SLUG, TITLE = "families-through-an-interpreter", "Families through an interpreter"
SKILL = "The educator leads a meeting with a family through an interpreter so that the family sets one of its aims."
NEED = "Families whose language no teacher speaks are told about their children and seldom asked."
METHOD = ("Agree with the interpreter on signals.", "Ask before you tell.", "Read the aim back and sign it.")
QUOTED = (SKILL, *METHOD)
SOON, LATER = date.today() + timedelta(days=60), date.today() + timedelta(days=700)  # noqa: DTZ011 (the server's own)
# What a designer types, part by part, by the path of each field; "+" adds a row, and a list ticks boxes.
TYPED: dict[str, dict[str, Any]] = {
    "competency": {
        "title": TITLE,
        "slug": SLUG,
        "family": "inclusive-practice",
        "summary": "Lead a meeting in which a family speaks for itself. An invented example.",
        "+further_languages": "language",
        "further_languages/1/text": "es",
        "matters": "What a family aims for is worked on at home too.",
    },
    "method": {
        "method/name": "Agree, ask, read back",
        "method/description": "Three moves that keep the family and not the interpreter in the middle of the talk.",
        **{
            path: text
            for number, words in enumerate(METHOD, 1)
            for path, text in ((f"+{number}", "part of the method"), (f"method/steps/{number}/text", words))
        },
    },
    "research": {
        "research/summary": "Where families are asked, more of them come back.",
        "+research/references": "reference",
        "research/references/1/title": "An invented study of meetings",
        "research/references/1/authors": "A. Writer",
        "research/references/1/year": "2019",
    },
    "audience": {"audience/roles": ["teacher"], "topics": ["classroom-culture"]},
    "support": {
        "support": "The issuer's coach answers within three days.",
        "other_ways": "A recording in any language may stand in place of writing.",
    },
    "evidence": {
        "parts/P1/title": "The meeting",
        "parts/P1/description": "Before, during and after it.",
        "requirements/R1/title": "The aim and how it came about",
        "requirements/R1/prompt": "Tell how the family came to its aim, with its own words.",
        "requirements/R1/words/min": "100",
        "requirements/R1/words/max": "400",
        "requirements/R1/completion/R1.C1/text": "Words of the family are quoted.",
    },
    "rubric": {
        "rubric/criteria/K1/title": "The family sets the aim",
        "rubric/criteria/K1/levels/not-yet": "The educator proposes the aim and the family agrees.",
        "rubric/criteria/K1/levels/demonstrated": "The aim is in the family's own words and came from a question.",
    },
    "conditions": {
        "effort_hours": "6",
        "fee": "40",
        "+fee_waivers": "waiver",
        "fee_waivers/1/who": "Beginning teachers.",
        "fee_waivers/1/how": "Write to the office of the issuer.",
        "fee_waivers/1/by": "The issuer",
        "review_by": (date.today() + timedelta(days=900)).isoformat(),  # noqa: DTZ011
    },
    "alignments": {
        "+proposed_stacks": "stack",
        "proposed_stacks/1/stack": "learning-differences",
    },
    "sample": {"sample": "An invented teacher asked what the family wished to be able to say in June."},
    "badge": {"badge/icon": "chat", "badge/banner": "Asked first"},
}


def test_a_designer_walks_from_a_need_to_a_recognition_and_to_its_end(site: Site, walker: Walker) -> None:
    draft = begin_from_a_need(walker)
    write_every_part(walker, draft)
    be_read_by_a_colleague(walker, draft)
    look_at_it_by_the_rubric(walker, draft)
    publish(walker, draft)
    first = hand_in(walker)
    review_it(walker, first, differ=True)
    decide(walker, first, return_it)
    change_what_was_asked(walker)
    second = hand_in(walker)
    assert second != first
    review_it(walker, second, differ=False)
    decide(walker, second, recognise_with_a_condition)
    meet_the_condition(walker)
    badge = earn_the_badge(walker)
    statement = statement_on(walker, site)
    with another_verifier() as verify:
        told = verify(walker, statement)
        assert (told.proof, told.status) == (True, True), told.reason
        altered = json.loads(json.dumps(statement).replace(TITLE, "Families without an interpreter"))
        assert not verify(walker, altered).proof
        withdraw(walker)
        walker.wait_until(lambda: verify(walker, statement).status is False)
        assert verify(walker, statement).proof, "what was signed was signed"
    see_that_the_badge_stays(walker, site, badge)
    assert walker.mistakes == [], "\n\n".join(walker.mistakes)


def begin_from_a_need(walker: Walker) -> str:
    """Somebody asks for it, a designer takes that up, breaks it into skills, and begins with one; gives its address."""
    page = walker.page
    walker.be("Maya")
    walker.go("/catalog/?q=interpreter")
    page.get_by_role("link", name="ask for what you miss").click()
    page.get_by_label("What would you learn or show?").fill(NEED)
    walker.look("ask-for-it")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.locator("main")).to_contain_text("Nobody has begun on it yet")
    walker.be("Imani")
    walker.go("/studio/")
    walker.look("studio")
    page.get_by_role("link", name="start from a need").click()
    page.get_by_role("link", name=re.compile("^Families whose language")).click()
    walker.look("start-from-a-need")
    assert "Maya" not in page.content()
    page.get_by_role("button", name="Go on to its skills").click()
    page.get_by_label("Its skills, one on each line").fill(f"{SKILL}\nThe educator writes to a family in its language.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    walker.look("skills-of-a-need")
    page.get_by_role("button", name=re.compile("Begin a draft")).first.click()
    page.wait_for_url(re.compile("/studio/DRAFT-[^/]+/competency/"))
    expect(field(walker, "competency")).to_have_value(SKILL)
    return page.url.removesuffix("competency/")


def write_every_part(walker: Walker, draft: str) -> None:
    """Part after part; beside it stands what it looks like, drawn anew when it is saved and without a jump."""
    page = walker.page
    for code, typed in TYPED.items():
        walker.go(f"{draft}{code}/")
        expect(page.locator("#beside-view")).not_to_be_empty()
        for path, value in typed.items():
            write(walker, path, value)
        page.wait_for_timeout(500)
        if code in ("competency", "rubric", "badge"):
            walker.look(f"studio-{code}")
        if code == "conditions":
            expect(page.locator("#beside-view")).to_contain_text("Beginning teachers.")
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator("main, body").first).to_contain_text("Everything you typed is saved.")
    walker.go(draft)
    expect(page.locator("main")).to_contain_text("Nothing is left to mend.")
    walker.look("draft")


def write(walker: Walker, path: str, value: Any) -> None:
    page = walker.page
    if path.startswith("+"):
        page.get_by_role("button", name=f"Add a {value}").click()
        return
    if isinstance(value, list):
        for each in value:
            box = page.locator(f"[name='{path}'][value='{each}']")
            page.locator(f"label[for='{box.get_attribute('id')}']").click()
        return
    place = field(walker, path)
    if place.evaluate("field => field.tagName") == "SELECT":
        place.select_option(value)
    else:
        place.fill(value)
    place.blur()


def field(walker: Walker, path: str) -> Locator:
    return walker.page.locator(f"[id='id_{path}']")


def be_read_by_a_colleague(walker: Walker, draft: str) -> None:
    """Somebody who writes nothing goes through it place by place; what they say is open until it is settled."""
    page = walker.page
    page.get_by_label("Add somebody by e-mail address").fill("gloria@people.example")
    page.locator("label", has_text="Read, and comment").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("main")).to_contain_text("Gloria Bennett (reads and comments)")
    walker.be("Gloria")
    walker.go(f"{draft}read/")
    place = page.locator("[id='at_requirements/R1/prompt']")
    place.locator("summary").click()
    place.get_by_label("Your comment").fill("In which language are the words quoted?")
    place.get_by_role("button", name="Say it").click()
    expect(page.locator("[id='at_requirements/R1/prompt']")).to_contain_text("In which language")
    walker.look("place-by-place")
    walker.be("Imani")
    walker.go(draft)
    expect(page.locator("main")).to_contain_text("1 comment is open")
    page.get_by_role("button", name=re.compile("^Settled.*comment of Gloria")).click()
    expect(page.locator("main")).not_to_contain_text("1 comment is open")


def look_at_it_by_the_rubric(walker: Walker, draft: str) -> None:
    walker.go(f"/quality/self-check/{draft.rstrip('/').rpartition('/')[2]}/")
    expect(walker.page.locator("main")).to_contain_text("Components that are settled")
    walker.look("self-check")


def publish(walker: Walker, draft: str) -> None:
    page = walker.page
    walker.be("Grant")
    walker.go(draft)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(f"/catalog/{SLUG}/"))
    for told in ("Beginning teachers.", "Spanish", "Proposed for"):
        expect(page.locator("main")).to_contain_text(told)
    walker.look("published")


def hand_in(walker: Walker) -> str:
    """The designer hands in what is offered now; gives the reference of the review."""
    page = walker.page
    walker.be("Imani")
    walker.go(f"/quality/hand-in/{SLUG}/")
    walker.look("hand-in-for-review")
    page.get_by_role("button", name="Hand it in").click()
    page.wait_for_url(re.compile("/quality/reviews/"))
    return page.url.rstrip("/").rpartition("/")[2]


def review_it(walker: Walker, review: str, *, differ: bool) -> None:
    """Two read blind. Where they differ they meet without names, and what stays between them a third decides."""
    readers = [name for name in REVIEWERS if is_asked(walker, name, review)]
    assert len(readers) == 2, f"{review} was offered to {readers}"
    read_it(walker, readers[0], review, look=differ)
    read_it(walker, readers[1], review, finds_one_not_met=differ)
    if not differ:
        return
    for number, name in enumerate(readers):
        talk_it_over(walker, name, says=not number)
    (third,) = set(REVIEWERS) - set(readers)
    assert is_asked(walker, third, review)
    read_it(walker, third, review, finds_one_not_met=True)


def read_it(walker: Walker, name: str, review: str, *, look: bool = False, finds_one_not_met: bool = False) -> None:
    """Take it up, rate each component and quote the design for it, and hand in. Whose design it is stands nowhere."""
    page = walker.page
    walker.be(name)
    walker.go("/quality/")
    page.get_by_role("link", name=review).first.click()
    for box in page.locator("input[type=checkbox]").all():
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    page.get_by_role("button", name="Take it up").click()
    expect(page.locator("#reading")).to_be_visible()
    assert "Friday Institute" not in page.locator("main").inner_text()
    assert "Imani" not in page.content()
    if look:
        walker.look("desk-of-a-reviewer")
    components = sorted({each.get_attribute("name") or "" for each in page.locator("[name^='quote-QAS']").all()})
    assert len(components) == 29
    for number, quotation in enumerate(components):
        code = quotation.removeprefix("quote-")
        is_met = not (finds_one_not_met and number == 0)
        page.evaluate(
            """([code, level, words, comment]) => {
                document.querySelector(`[name="level-${code}"][value="${level}"]`).checked = true;
                document.querySelector(`[name="quote-${code}"]`).value = words;
                document.querySelector(`[name="comment-${code}"]`).value = comment;
            }""",
            [
                code,
                *(
                    ("met", QUOTED[number % len(QUOTED)], "It is there.")
                    if is_met
                    else ("not-yet", "", "Two skills stand in it.")
                ),
            ],
        )
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#reading")).to_have_count(0)


def talk_it_over(walker: Walker, name: str, *, says: bool) -> None:
    page = walker.page
    walker.be(name)
    walker.go("/quality/")
    page.get_by_role("link", name="Go to the room").click()
    for other in REVIEWERS:
        assert other == name or other not in page.locator("main").inner_text()
    if says:
        page.get_by_label("Say something to the others").fill("To lead and to set an aim are one act here.")
        page.get_by_role("button", name="Say it").click()
        walker.look("room-of-reviewers")
    page.get_by_role("button", name="I have talked it over").click()
    page.wait_for_load_state()


def decide(walker: Walker, review: str, what: Callable[[Walker], None]) -> None:
    page = walker.page
    walker.be("Evelyn")
    walker.go(f"/quality/reviews/{review}/decide/")
    what(walker)
    page.get_by_label("Letter to the issuer").fill("Thank you. This is an invented letter about an invented design.")
    walker.look(f"decide-{what.__name__.replace('_', '-')}")
    page.get_by_role("button", name="Decide", exact=True).click()
    page.wait_for_url(re.compile("/letter/|/reviews/[^/]+/$"))
    walker.go(f"/quality/reviews/{review}/letter/")
    walker.look("letter")


def return_it(walker: Walker) -> None:
    page = walker.page
    page.locator("label", has_text="Returned").first.click()
    page.locator("textarea[name^='change-']").first.fill("Say in the prompt that one skill is shown.")


def recognise_with_a_condition(walker: Walker) -> None:
    page = walker.page
    page.locator("label", has_text="Recognized with conditions").first.click()
    page.locator("[name='valid_until']").fill(LATER.isoformat())
    page.locator("[name='what-1']").fill("Name the coach whom earners can ask.")
    page.locator("[name='until-1']").fill(SOON.isoformat())


def change_what_was_asked(walker: Walker) -> None:
    """The next version says what was asked for; what changed is told place by place, and an officer publishes it."""
    page = walker.page
    walker.be("Imani")
    walker.go("/studio/published/?q=interpreter")
    page.get_by_role("button", name="Begin the next version").click()
    page.wait_for_url(re.compile("/studio/DRAFT-"))
    draft = page.url
    walker.go(f"{draft}evidence/")
    prompt = field(walker, "requirements/R1/prompt")
    prompt.fill("Show one skill: tell how the family came to its aim, with its own words.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    walker.go(f"{draft}changes/")
    expect(page.locator("main")).to_contain_text("Show one skill:")
    walker.look("what-changed")
    walker.be("Grant")
    walker.go(draft)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(f"/catalog/{SLUG}/"))


def meet_the_condition(walker: Walker) -> None:
    page = walker.page
    walker.be("Imani")
    walker.go(f"/catalog/{SLUG}/")
    expect(page.locator("main")).to_contain_text("Recognized with conditions")
    walker.be("Evelyn")
    walker.go("/quality/follow-up/")
    walker.look("conditions-and-dates")
    panel = page.locator("form", has=page.get_by_role("button", name="Note that it is met")).first
    panel.get_by_role("textbox").fill("The coach is named on the page of the issuer.")
    panel.get_by_role("button", name="Note that it is met").click()
    expect(page.locator("main")).not_to_contain_text("Name the coach whom earners can ask.")
    walker.go(f"/register/{SLUG}/")
    expect(page.locator("main")).to_contain_text("Met")
    expect(page.locator("main").get_by_text("Recognized", exact=True).first).to_be_visible()
    walker.look("report-in-the-register")


def earn_the_badge(walker: Walker) -> str:
    """The issuer judged it on paper and awards it; gives the address of the badge."""
    page = walker.page
    walker.be("Grant")
    walker.go("/issued/lists/")
    made = page.get_by_label("Micro-credential and version")
    # Its label stands between title and version.
    made.select_option(made.locator("option", has_text=re.compile(f"^{re.escape(TITLE)}.*, version 2$")).text_content())
    page.get_by_label("How the work was judged").fill("Two assessors read it on paper.")
    page.get_by_label("Earned on").fill(date.today().isoformat())  # noqa: DTZ011
    listed = {"name": "one.csv", "mimeType": "text/csv", "buffer": b"person,name\nmaya@people.example,\n"}
    page.locator("input[type=file]").set_input_files(listed)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("button", name=re.compile("^Award ")).click()
    expect(page.locator("main")).to_contain_text("1 badge was awarded.", timeout=60_000)
    walker.be("Maya")
    walker.go("/my/badges/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("This badge is valid").first).to_be_visible()
    return page.url


def statement_on(walker: Walker, site: Site) -> dict[str, Any]:
    """The signed recognition, found as anybody finds it: from the document of the version to its achievement."""
    about = walker.page.request.get(f"{site.url}/catalog/{SLUG}/document.json").json()
    (statement,) = walker.page.request.get(about["achievement"]).json()["endorsement"]
    assert statement["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert "with conditions" not in statement["credentialSubject"]["endorsementComment"]
    return dict(statement)


def withdraw(walker: Walker) -> None:
    page = walker.page
    walker.be("Evelyn")
    walker.go(f"/quality/oversight/of/{SLUG}/")
    page.get_by_label("Why?").fill("The issuer asked for it. This is an invented reason.")
    walker.look("look-after-it")
    page.get_by_role("button", name="Withdraw").click()
    page.wait_for_load_state()
    walker.go(f"/register/{SLUG}/")
    expect(page.locator("main")).to_contain_text("The issuer asked for it.")
    walker.look("withdrawn-in-the-register")


def see_that_the_badge_stays(walker: Walker, site: Site, badge: str) -> None:
    page = walker.page
    walker.be("Maya")
    walker.go(badge)
    expect(page.get_by_text("This badge is valid").first).to_be_visible()
    walker.look("badge-after-the-withdrawal")
    told = site.command("verify", f"{badge}credential.json", "--json")
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["verdict"] == "valid"
