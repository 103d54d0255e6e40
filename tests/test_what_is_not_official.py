"""Whatever is not official says so: every page and every file that shows a design, from the catalog to an archive.

One design whose wording is reconstructed is followed through the whole house; the same design with an official wording
proves that the label comes from the design and stands nowhere by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment.tests.desk import factories as desk
from longleaf.assessment.tests.earner_cast import decided, started, submitted
from longleaf.awards import issuing
from longleaf.awards.archive import archiving
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing import visibility
from longleaf.catalog.models import Alignment, Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.engines.openbadges import baking
from longleaf.frameworks.models import FrameworkItem
from longleaf.quality import deciding
from longleaf.quality.status import Outcome
from longleaf.recognition import adopting
from longleaf.recognition.tests import factories as earning
from tests import cast, front_end, labels
from tests.blindness.visiting import Visitor
from tests.drawn_pages import mistakes_on

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
WORD, TOLD = "Reconstructed", "How sure this wording is: Reconstructed. The official wording was not at hand."
SLUG = "feedback-that-moves-learning"


@pytest.fixture
def version(state: State, issuer: Organisation, items: dict[str, Any], standing: str) -> Version:
    document = cast.make_document(standing=standing)
    made: Version = cast.publish(state, issuer, document, [items["MTS-2"]])
    return made


@pytest.fixture(params=["reconstructed", "official"])
def standing(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def award(version: Version, issuer: Organisation, educator: Person, settings: Any) -> Award:
    settings.PUBLIC_URL = "http://testserver"
    signing_keys.create_key(organisation=issuer, acting_person=None)
    criteria = [{"code": code, "met": True, "level": "demonstrated"} for code in ("A", "B")]
    made = issuing.award(
        occasion="attempt:ATT-1",
        earner=educator,
        version=version,
        finding={"readers": 2, "blind": True, "criteria": criteria},
        evidence=[],
        earned_at=datetime(2026, 3, 4, 15, 0, tzinfo=UTC),
        acting_person=None,
    )
    return visibility.set_visibility(award=made, visibility="public", acting_person=educator)


def shown(client: Client, *addresses: str) -> Iterator[tuple[str, str]]:
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, b"".join(answer).decode("utf-8-sig", errors="replace")


def unlabelled(pages: Iterator[tuple[str, str]], standing: str, word: str = WORD) -> list[str]:
    """The addresses that label what is official, or do not label what is not."""
    return [address for address, text in pages if (word in text) is not (standing != "official")]


def test_the_catalog_and_the_register_say_it(
    state: State, agency: Organisation, issuer: Organisation, version: Version, client: Client, standing: str
) -> None:
    deciding.record_decision(
        state=state,
        decided_by=agency,
        version=version,
        outcome=Outcome.RECOGNISED,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC).date(),
        acting_person=None,
        standing="official",
    )
    at = f"/catalog/{SLUG}/"
    pages = ["/catalog/", at, f"{at}packet/", reverse("catalog:issuer", kwargs={"slug": issuer.slug})]
    files = [f"{at}document.json", f"{at}rubric.json", reverse("catalog:badge", kwargs={"slug": SLUG})]
    assert unlabelled(shown(client, *pages, *files, f"/register/{SLUG}/"), standing) == []
    assert unlabelled(shown(client, "/"), standing, "(reconstructed)") == []
    (entry,) = client.get("/register/register.json").json()["entries"]
    assert entry["design_standing"] == standing
    assert unlabelled(shown(client, "/register/register.csv"), standing, "reconstructed") == []


def test_an_earner_is_told_before_during_and_after(
    version: Version, educator: Person, other_educator: Person, client_of: Signed, standing: str
) -> None:
    client = client_of(educator)
    begin = list(shown(client, reverse("assessment:start", kwargs={"slug": SLUG})))
    attempt = decided(version, educator, met=["A"])
    here = {"ref": attempt.ref}
    decision = [reverse("assessment:list"), reverse("assessment:decision", kwargs=here)]
    assert unlabelled(iter([*begin, *shown(client, *decision)]), standing) == []
    client.post(reverse("assessment:next-round", kwargs=here))
    going_on = [reverse(f"assessment:{name}", kwargs=here) for name in ("attempt", "preview")]
    assert unlabelled(shown(client, *going_on), standing) == []
    read = submitted(version, other_educator)
    preview = reverse("assessment:preview", kwargs={"ref": read.ref})
    assert unlabelled(shown(client_of(other_educator), preview), standing) == []


def test_those_who_judge_are_told(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    client_of: Signed,
    standing: str,
) -> None:
    waiting = desk.hand_in(version, educator)
    check = reverse("desk:check", kwargs={"ref": waiting.ref})
    assert unlabelled(shown(client_of(lead_assessor), check), standing) == []
    seat = desk.seats_of(desk.send_to_panel(waiting, lead_assessor))[0]
    desk.take_up(seat)
    reader, here = client_of(seat.rater), {"ref": seat.ref}
    read = [reverse("desk:read", kwargs=here), reverse("desk:preview", kwargs=here)]
    assert unlabelled(shown(reader, *read), standing) == []


# What is judged is toured in tests/blindness, with the same question; here are those who earn, count and offer.
ROOMS = (
    "home", "assessment:", "awards:", "catalog:", "monitoring:", "oversight:", "portability:", "recognition:",
    "rewards:", "studio:", "register:",
)  # fmt: skip
# Where it is shown, at least: a check of pages that show nothing proves nothing.
SHOWN_ON = {
    "home", "awards:mine", "awards:issued", "awards:sharing", "awards:contents", "awards:bulk", "catalog:list",
    "catalog:show", "catalog:packet", "monitoring:agency", "monitoring:csv", "recognition:ledger",
    "recognition:ledger-of", "recognition:what-if", "recognition:adopted", "recognition:values", "recognition:export",
    "studio:published", "studio:portfolio", "assessment:list", "assessment:attempt",
    "assessment:history", "assessment:submit", "assessment:kept",
}  # fmt: skip


@pytest.mark.parametrize("standing", ["reconstructed"])
def test_those_who_earn_it_count_it_and_offer_it_are_told_on_every_page(
    state: State, version: Version, award: Award, district: Organisation, educator: Person, other_educator: Person,
    psu_officer: Person, issuing_officer: Person, designer: Person, state_officer: Person,
) -> None:  # fmt: skip
    earning.load(state)
    for person in (educator, other_educator):
        earning.license_for(person, state)
    made = version.micro_credential
    adopting.adopt(organisation=district, micro_credential=made, note="", acting_person=psu_officer)
    earning.worth_each(district, psu_officer, micro_credential=made, credits=Decimal(2))
    started(version, other_educator)
    shown, bare, names = labels.of_design(version.document), set[str](), set[str]()
    for person in (educator, other_educator, psu_officer, issuing_officer, designer, state_officer):
        for answer in Visitor(person).go_through(*ROOMS):
            bare |= set(labels.unlabelled(answer, shown))
            names |= {answer.name} if shown.title.encode() in answer.content else set()
    assert sorted(bare) == []
    assert sorted(SHOWN_ON - names) == []


def test_a_badge_says_it_to_whoever_reads_it_anywhere(
    award: Award, educator: Person, client: Client, client_of: Signed, standing: str
) -> None:
    here = {"award_uuid": award.uuid}
    pages = [reverse("awards:badge", kwargs=here), reverse("awards:credential", kwargs=here)]
    achievement = award.credential["credentialSubject"]["achievement"]  # type: ignore[index]
    assert (TOLD in achievement["criteria"]["narrative"]) is (standing != "official")
    assert unlabelled(shown(client, *pages, achievement["id"]), standing) == []
    assert unlabelled(shown(client_of(educator), reverse("awards:mine")), standing) == []
    picture = client.get(reverse("awards:png", kwargs=here)).content
    inside = json.loads(baking.unbake_png(picture))["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert (TOLD in inside) is (standing != "official")


def test_an_archive_goes_on_saying_it(award: Award, tmp_path: Path, standing: str) -> None:
    archiving.archive(folder=tmp_path / "archive", acting_person=None)
    root = tmp_path / "archive"
    badge, achievement = f"badges/{award.uuid}", f"achievements/{award.version.uuid}"
    names = [
        f"{badge}/index.html",
        f"{badge}/credential.json",
        f"{achievement}/index.html",
        f"{achievement}/index.json",
    ]
    names.append(f"issuers/{award.issuer.slug}/index.html")
    texts = ((name, (root / name).read_text(encoding="utf-8")) for name in names)
    assert unlabelled(texts, standing) == []


@pytest.mark.parametrize("standing", ["official"])
def test_what_a_badge_serves_says_how_sure_that_is(award: Award, version: Version, client: Client) -> None:
    page = reverse("awards:badge", kwargs={"award_uuid": award.uuid})
    Alignment.objects.filter(version=version).update(standing="proposed")
    assert "Proposed" in client.get(page).content.decode()
    (alignment,) = award.credential["credentialSubject"]["achievement"]["alignment"]  # type: ignore[index]
    assert alignment["targetDescription"].endswith("How sure this alignment is: synthetic.")
    Alignment.objects.filter(version=version).update(standing="official")
    assert "Proposed" not in client.get(page).content.decode()


def test_each_standard_says_it_for_itself(items: dict[str, Any], client: Client) -> None:
    FrameworkItem.objects.update(standing="official")
    assert "ll-standing-mark" not in client.get("/standards/").content.decode()
    FrameworkItem.objects.filter(code="MTS-1A").update(standing="from_memory")
    assert client.get("/standards/").content.decode().count("From memory") == 1


def test_the_register_of_organisations_takes_its_legend_along(stage: dict[str, Any], client: Client) -> None:
    told = client.get("/register/organizations.json").json()["standings"]
    assert told == client.get("/register/register.json").json()["standings"]
    assert told["reconstructed"].startswith("Reconstructed. ")


@pytest.mark.browser
@front_end.IS_NEEDED
@pytest.mark.parametrize("standing", ["reconstructed"])
def test_the_label_sticks_out_nowhere_and_can_be_read(
    award: Award, version: Version, educator: Person, other_educator: Person, lead_assessor: Person,
    client_of: Signed, browser: Any,
) -> None:  # fmt: skip
    Alignment.objects.filter(version=version).update(standing="proposed")
    attempt = submitted(version, other_educator)
    checking = reverse("desk:check", kwargs={"ref": attempt.submissions.get().ref})
    badge = reverse("awards:badge", kwargs={"award_uuid": award.uuid})
    seen = [(None, "/catalog/"), (None, badge), (None, "/standards/"), (lead_assessor, checking)]
    seen += [(other_educator, reverse("assessment:list")), (educator, reverse("awards:mine"))]
    pages = {address: client_of(person).get(address).content.decode() for person, address in seen}
    assert all("ll-standing" in page for page in pages.values())
    assert mistakes_on(pages, browser, pictures="labels") == []
