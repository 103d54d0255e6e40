"""A badge is reissued under its own id: newer, signed, once; what was handed out before still verifies, as older."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from longleaf.awards import queries, reissuing, revoking
from longleaf.awards.contents import identities, proofs
from longleaf.awards.errors import (
    BadgeHasExpired,
    CannotBeTold,
    MayNotShare,
    NotIssuedYet,
    ReleaseNeedsConsent,
    UnknownAddress,
    UnknownEvidence,
)
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.tests.conftest import EARNED_AT, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.publishing import digest_of
from longleaf.directory import addressing, renaming
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.report import Outcome, Verdict
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState

ClientOf = Callable[[Person | None], Client]
HOME = "erin@home.example"


def reissue(award: Award, **wanted: Any) -> Award:
    return reissuing.reissue(award=award, acting_person=wanted.pop("by", award.earner), **wanted)


def lines() -> list[JournalLine]:
    return list(JournalLine.objects.filter(event="badge:award:reissued"))


def add_home(person: Person) -> None:
    addressing.verify(key=addressing.link_key(person, HOME), acting_person=person)


def status_step(credential: dict[str, Any]) -> Any:
    report = verifying.verify_material(credential)
    assert report.verdict is Verdict.VALID
    return next(step for step in report.steps if step.step == "status")


def test_a_reissued_badge_keeps_its_id_its_place_and_its_day(award: Award) -> None:
    before = dict(award.credential or {})
    after = reissue(award, pieces=["plan"], consent=True).credential or {}
    for member in ("id", "credentialStatus", "issuer", "name", "credentialSchema"):
        assert after[member] == before[member]
    assert after["awardedDate"] == before["awardedDate"] == before["validFrom"]
    assert after["validFrom"] > before["validFrom"]
    assert after["proof"] != before["proof"]
    assert verifying.verify_material(after).verdict is Verdict.VALID


def test_its_line_names_both_copies_and_what_changed(award: Award, key: IssuingKey, educator: Person) -> None:
    before = digest_of(award.credential or {})
    after = reissue(award, pieces=["plan", "plan.text"], consent=True)
    (line,) = lines()
    assert (line.subject, line.actor) == (f"award:{award.uuid}", educator.ref)
    assert line.data == {
        "changed": ["evidence"],
        "pieces": 2,
        "before": before,
        "after": digest_of(after.credential or {}),
        "key": f"did:web:testserver:issuers:prairie-institute#{key.public_multibase}",
        "proof": proofs.digest(after.credential or {}),
    }


def test_pieces_are_released_and_taken_back_one_by_one(award: Award) -> None:
    def told(found: Award) -> list[str]:
        return [each["name"] for each in (found.credential or {}).get("evidence", ())]

    award = reissue(award, pieces=["plan.text", "plan"], consent=True)
    assert told(award) == ["The plan", "The plan: in the earner’s words"]
    award = reissue(award, pieces=["plan.text"])
    assert told(award) == ["The plan: in the earner’s words"]
    award = reissue(award, pieces=[])
    assert told(award) == []
    assert len(lines()) == 3


def test_a_file_is_handed_out_only_while_the_badge_tells_of_it(
    award: Award, client: Client, client_of: ClientOf, educator: Person
) -> None:
    address = f"/badges/{award.uuid}/evidence/plan.7"
    assert client.get(address).status_code == 404
    award = reissue(award, pieces=["plan.7"], consent=True)
    assert (award.credential or {})["evidence"][0]["id"] == f"http://testserver{address}"
    assert client.get(address).content == b"a picture"
    assert client.get(f"/badges/{award.uuid}/evidence/plan").status_code == 404
    Award.objects.update(visibility="private")
    assert client.get(address).status_code == 404
    assert client_of(educator).get(address).status_code == 200
    Award.objects.update(visibility="link")
    reissue(award, pieces=[])
    assert client.get(address).status_code == 404


def test_a_new_name_goes_into_the_badge_when_its_earner_says_so(award: Award, educator: Person) -> None:
    renaming.rename(person=educator, name="Erin Elsewhere", acting_person=None)
    award.refresh_from_db()
    assert award.earner_name == "Erin Earner"
    after = reissue(award, current_name=True)
    names = [each["identityHash"] for each in (after.credential or {})["credentialSubject"]["identifier"]]
    assert (after.earner_name, names[1]) == ("Erin Elsewhere", "Erin Elsewhere")
    assert lines()[0].data["changed"] == ["name"]


def test_a_badge_is_bound_to_another_verified_address(award: Award, educator: Person) -> None:
    assert identities.bound_address(award) == educator.email
    with pytest.raises(UnknownAddress):
        reissue(award, address=HOME)
    add_home(educator)
    after = reissue(award, address=HOME.upper())
    assert identities.bound_address(after) == HOME
    assert not identities.is_bound_to(after, educator.email)
    assert HOME not in str(after.credential)


def test_evidence_changes_leave_the_address_alone_even_one_that_is_gone(award: Award, educator: Person) -> None:
    add_home(educator)
    award = reissue(award, address=HOME)
    addressing.remove(person=educator, address=HOME, acting_person=educator)
    after = reissue(award, pieces=["plan"], consent=True)
    assert identities.is_bound_to(after, HOME)
    assert identities.bound_address(after) == ""


def test_where_nothing_differs_nothing_is_signed(award: Award, educator: Person) -> None:
    wanted = {"pieces": ["plan"], "consent": True, "current_name": True, "address": educator.email}
    first = reissue(award, **wanted)
    second = reissue(award, **wanted)
    assert (first.credential, first.reissued_at) == (second.credential, second.reissued_at)
    assert len(lines()) == 1


def test_all_badges_of_a_changed_name_and_address_are_reissued_once(
    key: IssuingKey, make_award: MakeAward, educator: Person, issuing_officer: Person
) -> None:
    awards = [make_award(f"attempt:{number}") for number in range(3)]
    revoking.revoke(award=awards[2], reason="Another person was meant.", acting_person=issuing_officer)
    add_home(educator)
    educator = addressing.choose_for_badges(person=educator, address=HOME, acting_person=educator)
    educator = renaming.rename(person=educator, name="Erin Elsewhere", acting_person=None)
    assert [reissuing.reissue_all(earner=educator, acting_person=educator) for _ in range(2)] == [2, 0]
    assert [sorted(line.data["changed"]) for line in lines()] == [["address", "name"]] * 2
    assert make_award("attempt:4", earner=educator).earner_name == "Erin Elsewhere"
    assert identities.outdated(educator) == []


def test_releasing_needs_the_earners_word_and_taking_back_does_not(award: Award) -> None:
    with pytest.raises(ReleaseNeedsConsent):
        reissue(award, pieces=["plan"])
    award = reissue(award, pieces=["plan", "plan.text"], consent=True)
    reissue(award, pieces=["plan"])
    with pytest.raises(ReleaseNeedsConsent):
        reissue(award, pieces=["plan", "plan.7"])


def test_only_the_earner_reissues(award: Award, other_educator: Person, issuing_officer: Person) -> None:
    for person in (other_educator, issuing_officer):
        with pytest.raises(MayNotShare):
            reissue(award, by=person, pieces=["plan"], consent=True)
    assert lines() == []


def test_what_is_not_there_cannot_be_released(award: Award) -> None:
    with pytest.raises(UnknownEvidence):
        reissue(award, pieces=["plan", "secret"], consent=True)


def test_what_no_verifier_could_check_is_refused(award: Award, monkeypatch: pytest.MonkeyPatch) -> None:
    bell = [{"key": "bell", "name": "Bell \x07"}]
    monkeypatch.setattr("longleaf.awards.tests.registers.pieces_of", lambda occasion: bell)
    with pytest.raises(CannotBeTold):
        reissue(award, pieces=["bell"], consent=True)
    assert Award.objects.get().evidence == []


def test_a_badge_that_waits_is_revoked_or_has_expired_is_not_reissued(
    make_award: MakeAward, issuer: Organisation, issuing_officer: Person
) -> None:
    waiting = make_award("attempt:1")
    with pytest.raises(NotIssuedYet):
        reissue(waiting, pieces=["plan"], consent=True)
    signing_keys.create_key(organisation=issuer, acting_person=None)
    revoked = make_award("attempt:2")
    revoking.revoke(award=revoked, reason="Another person was meant.", acting_person=issuing_officer)
    with pytest.raises(WrongState):
        reissue(revoked, pieces=["plan"], consent=True)
    expiring = make_award("attempt:3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("longleaf.awards.reissuing.credentials.expiry_of", lambda *_: EARNED_AT + timedelta(days=1))
        with pytest.raises(BadgeHasExpired):
            reissue(expiring, pieces=["plan"], consent=True)


def test_an_older_copy_still_verifies_and_our_verification_says_that_there_is_a_newer(award: Award) -> None:
    older = dict(award.credential or {})
    assert "older one" not in status_step(older).reason
    newer = reissue(award, pieces=["plan"], consent=True).credential or {}
    told = status_step(older)
    assert told.outcome is Outcome.PASSED
    assert "this copy is an older one" in told.reason
    assert f"http://testserver/badges/{award.uuid}/" in told.reason
    assert "older one" not in status_step(newer).reason


def test_the_page_verifies_the_new_copy_at_once(award: Award, client: Client) -> None:
    client.get(f"/badges/{award.uuid}/")
    reissue(award, pieces=["plan"], consent=True)
    page = client.get(f"/badges/{award.uuid}/").content.decode()
    assert "This badge is valid" in page
    assert "The plan" in page


def test_a_reissued_badge_is_revoked_with_its_older_copies(award: Award, issuing_officer: Person) -> None:
    older = dict(award.credential or {})
    award = reissue(award, pieces=["plan"], consent=True)
    revoking.revoke(award=award, reason="Another person was meant.", acting_person=issuing_officer)
    for copy in (older, award.credential or {}):
        assert verifying.verify_material(copy).verdict is Verdict.INVALID


def test_the_form_reissues_and_loses_nothing_that_was_ticked(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    client, address = client_of(educator), f"/badges/{award.uuid}/contents/"
    sent = {"pieces": ["plan", "plan.text"], "address": educator.email}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" checked") == 3
    assert "then tick the statement" in page
    assert client.post(address, {**sent, "consent": "yes"}).status_code == 302
    found = queries.award_by_uuid(award.uuid, reader=educator)
    assert [each["key"] for each in found.evidence] == ["plan", "plan.text"]
    assert "Nothing was changed" in client.post(address, sent, follow=True).content.decode()


def test_the_pages_are_the_earners_alone(award: Award, client_of: ClientOf, other_educator: Person) -> None:
    for person, status in ((None, 302), (other_educator, 404)):
        assert client_of(person).get(f"/badges/{award.uuid}/contents/").status_code == status
    client_of(other_educator).post("/my/badges/reissue/")
    assert lines() == []


def test_my_badges_offers_to_reissue_what_carries_an_older_name(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    client = client_of(educator)
    assert "an older name" not in client.get("/my/badges/").content.decode()
    renaming.rename(person=educator, name="Erin Elsewhere", acting_person=None)
    assert "1 badge carries an older name" in client.get("/my/badges/").content.decode()
    client.post("/my/badges/reissue/")
    award.refresh_from_db()
    assert award.earner_name == "Erin Elsewhere"
    assert "an older name" not in client.get("/my/badges/").content.decode()
