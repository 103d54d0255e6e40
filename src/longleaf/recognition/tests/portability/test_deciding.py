"""Deciding on a badge from elsewhere: who may, what follows for the ledger, and how a precedent decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.recognition import ledgers
from longleaf.recognition.models import ImportDecision, ImportedBadge, Precedent
from longleaf.recognition.portability import access, deciding, precedents, sending
from longleaf.recognition.portability.deciding import Counts, Remember
from longleaf.recognition.portability.errors import (
    AskedAgainBefore,
    NoSuchImport,
    NotYoursToDecide,
    UnusableDecision,
)
from longleaf.recognition.portability.status import IMPORT_MOVES, ImportStatus
from longleaf.recognition.tests.factories import badge, license_for, load, worth_each
from longleaf.recognition.tests.portability import shapes
from tests import cast

pytestmark = pytest.mark.django_db
TWO = Counts(amount=Decimal(2), categories=("growth",))
WHY = "It asks for the same evidence as ours."


@pytest.fixture
def officer(district: Any) -> Any:
    return cast.make_person("Paul Officer", (district, Role.PSU_OFFICER))


def counted(educator: Any) -> list[tuple[str, Decimal, str]]:
    ledger = ledgers.standing_of(educator, on=date(2026, 10, 1)).ledger
    assert ledger is not None
    return [(line.title, line.counted, line.reason) for line in ledger.lines]


def lines_of(educator: Any) -> list[tuple[str, Decimal, str | None]]:
    ledger = ledgers.standing_of(educator, on=date(2026, 10, 1)).ledger
    assert ledger is not None
    return [(line.title, line.counted, line.why_not) for line in ledger.lines]


# --- Who may -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sees", "decides"),
    [
        ("psu_officer", True, True),
        ("state_officer", True, True),
        ("neighbour", False, False),
        ("educator", False, False),
        ("other_educator", False, False),
        ("first_assessor", False, False),
        ("stranger", False, False),
    ],
)
def test_who_sees_and_decides(who, sees, decides, sent, request, other_district) -> None:
    imported = sent()
    neighbour = lambda: cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))  # noqa: E731
    person = neighbour() if who == "neighbour" else request.getfixturevalue(who)
    assert access.imports_seen_by(person).filter(pk=imported.pk).exists() is sees
    assert access.may_decide(person, imported) is decides
    if not decides:
        with pytest.raises(NoSuchImport):
            deciding.refuse(imported=imported, reason=WHY, acting_person=person)


def test_nobody_decides_on_their_own(sent, district) -> None:
    both = cast.make_person("Berta Both", (district, Role.EDUCATOR), (district, Role.PSU_OFFICER))
    imported = sent(person=both)
    with pytest.raises(NoSuchImport):
        deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=both)


def test_what_was_not_sent_is_shown_to_no_recognizer(bring, educator, psu_officer) -> None:
    assert not access.imports_seen_by(psu_officer).filter(pk=bring(shapes.promise_like(educator.email)).pk).exists()


# --- Deciding ------------------------------------------------------------------------------------------------


def test_an_accepted_badge_stands_in_the_ledger_with_its_reason(sent, educator, psu_officer, ruled, state) -> None:
    license_for(educator, state)
    imported = sent()
    decision = deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    ((title, credits, reason),) = counted(educator)
    assert title == "Asking Questions That Provoke Thinking of Invented Promise"
    assert (credits, WHY.rstrip(".") in reason, "Rivertown Schools" in reason) == (Decimal(2), True, True)
    line = JournalLine.objects.get(event="import:badge:accepted")
    assert (line.actor, line.data["amount"], line.data["person"]) == (psu_officer.ref, "2", educator.ref)
    assert WHY not in str(line.data)
    assert decision.organisation.name == "Rivertown Schools"


def test_as_a_micro_credential_it_is_worth_what_that_is_worth(
    sent, educator, psu_officer, district, version, ruled, state
) -> None:
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal("1.5"))
    counts = Counts(micro_credential=version.micro_credential)
    deciding.accept(imported=sent(), counts=counts, reason=WHY, acting_person=psu_officer)
    ((title, credits, _),) = counted(educator)
    assert title.endswith("accepted as Feedback that moves learning (synthetic)")
    assert credits == Decimal("1.5")


def test_what_was_earned_here_too_counts_once(sent, educator, psu_officer, district, version, ruled, state) -> None:
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal("1.5"))
    counts = Counts(micro_credential=version.micro_credential)
    deciding.accept(imported=sent(), counts=counts, reason=WHY, acting_person=psu_officer)
    badge(educator, version)
    told = {title: (credits, why) for title, credits, why in lines_of(educator)}
    assert told["Feedback that moves learning (synthetic)"] == (Decimal("1.5"), None), "the one that was earned here"
    assert told["Asking Questions That Provoke Thinking, accepted as Feedback that moves learning (synthetic)"] == (
        0, "The same micro-credential was earned here in this cycle, and it counts once.",
    )  # fmt: skip


def accepted_as(version: Any, imported: Any, officer: Any, day: date) -> None:
    """Accepted as a micro-credential; the badge says that it was earned on a day."""
    ImportedBadge.objects.filter(pk=imported.pk).update(earned_on=day)
    counts = Counts(micro_credential=version.micro_credential)
    deciding.accept(imported=imported, counts=counts, reason=WHY, acting_person=officer)


def test_what_was_earned_here_in_an_earlier_cycle_takes_nothing_from_it(
    sent, educator, psu_officer, district, version, ruled, state
) -> None:
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal("1.5"))
    badge(educator, version, earned_at=datetime(2022, 3, 4, 15, tzinfo=UTC))
    accepted_as(version, sent(), psu_officer, date(2026, 2, 2))
    assert [credits for _, credits, _ in lines_of(educator)] == [0, Decimal("1.5")]


def test_of_two_that_stand_for_the_same_the_one_of_the_cycle_counts(
    sent, educator, psu_officer, district, version, ruled, state
) -> None:
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal("1.5"))
    for number, day in enumerate((date(2022, 2, 2), date(2026, 2, 2), date(2026, 5, 5)), 1):
        accepted_as(version, sent(another(educator, number)), psu_officer, day)
    earlier, counts, again = lines_of(educator)
    assert (earlier[1], counts[1], again[1]) == (0, Decimal("1.5"), 0)
    assert "cycle" in earlier[2]
    assert again[2].startswith("Another badge that was accepted as the same micro-credential counts")


def test_a_precedent_leaves_what_was_earned_here_to_somebody(
    sent, educator, other_educator, psu_officer, version, ruled
) -> None:
    counts = Counts(micro_credential=version.micro_credential)
    alone = Remember(decides_alone=True)
    imported = sent(another(other_educator), person=other_educator)
    deciding.accept(imported=imported, counts=counts, reason=WHY, acting_person=psu_officer, remember=alone)
    badge(educator, version)
    assert sent().status == ImportStatus.WAITING


def test_what_is_earned_here_is_not_accepted_again(sent, educator, psu_officer, version, ruled) -> None:
    badge(educator, version)
    counts = Counts(micro_credential=version.micro_credential)
    with pytest.raises(UnusableDecision) as refused:
        deciding.accept(imported=sent(), counts=counts, reason=WHY, acting_person=psu_officer)
    assert list(refused.value.fields) == ["micro_credential"]


def test_a_refused_badge_counts_nothing_and_is_asked_of_somebody_else_once(
    sent, educator, psu_officer, officer, state_officer
) -> None:
    imported = sent()
    deciding.refuse(imported=imported, reason="It asks for no evidence.", acting_person=psu_officer)
    again = sending.ask_again(imported=imported, new_facts="It did: see the letter.", acting_person=educator)
    assert again.status == ImportStatus.WAITING
    with pytest.raises(NotYoursToDecide):
        deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    assert access.may_decide(officer, again)
    deciding.refuse(imported=imported, reason="The letter names another course.", acting_person=state_officer)
    with pytest.raises(AskedAgainBefore):
        sending.ask_again(imported=imported, new_facts="Again.", acting_person=educator)


@pytest.mark.parametrize("stands", ["brought", "refused", "asked"])
def test_each_way_to_a_recognizer_begins_at_its_own_place(stands, bring, sent, educator, psu_officer, ruled) -> None:
    verbs = {
        "brought": lambda it: sending.send(imported=it, explanation="It is mine.", acting_person=educator),
        "asked": lambda it: sending.answer(imported=it, text="Twelve.", acting_person=educator),
        "refused": lambda it: sending.ask_again(imported=it, new_facts="A letter.", acting_person=educator),
    }
    imported = bring(shapes.promise_like(educator.email)) if stands == "brought" else sent()
    if stands == "refused":
        deciding.refuse(imported=imported, reason="It asks for no evidence.", acting_person=psu_officer)
    if stands == "asked":
        deciding.ask(imported=imported, question="How many hours were it?", acting_person=psu_officer)
    for verb in [verbs[other] for other in verbs if other != stands]:
        with pytest.raises(WrongState):
            verb(imported)
    assert verbs[stands](imported).status != stands


def test_a_question_waits_for_its_answer(sent, educator, psu_officer, ruled) -> None:
    imported = sent()
    deciding.ask(imported=imported, question="How many hours were it?", acting_person=psu_officer)
    with pytest.raises(WrongState):
        deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    answered = sending.answer(imported=imported, text="Twelve.", acting_person=educator)
    assert answered.status == ImportStatus.WAITING
    assert ImportDecision.objects.get().answer == "Twelve."
    deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)


@pytest.mark.parametrize(
    ("counts", "reason", "fields"),
    [
        (Counts(), WHY, ["amount"]),
        (Counts(amount=Decimal(0)), WHY, ["amount"]),
        (Counts(amount=Decimal("20.01")), WHY, ["amount"]),
        (Counts(amount=Decimal("1.005")), WHY, ["amount"]),
        (TWO, " ", ["reason"]),
        (Counts(amount=Decimal(1), categories=("nonsense",)), WHY, ["categories"]),
        (Counts(amount=Decimal(1), alignments=("MTS-2", "MTS-9")), WHY, ["alignments"]),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(counts, reason, fields, sent, psu_officer, ruled) -> None:
    imported = sent()
    with pytest.raises(UnusableDecision) as refusal:
        deciding.accept(imported=imported, counts=counts, reason=reason, acting_person=psu_officer)
    assert list(refusal.value.fields) == fields
    imported.refresh_from_db()
    assert imported.status == ImportStatus.WAITING
    assert not ImportDecision.objects.exists()


def test_where_the_policy_knows_no_such_kind_it_must_stand_for_something(sent, psu_officer, state, version) -> None:
    load(state)
    imported = sent()
    with pytest.raises(UnusableDecision) as refusal:
        deciding.accept(imported=imported, counts=Counts(amount=Decimal(2)), reason=WHY, acting_person=psu_officer)
    assert list(refusal.value.fields) == ["amount"]
    counts = Counts(micro_credential=version.micro_credential)
    deciding.accept(imported=imported, counts=counts, reason=WHY, acting_person=psu_officer)


def test_two_recognizers_decide_once(sent, psu_officer, officer, ruled) -> None:
    imported = sent()
    deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    with pytest.raises(WrongState):
        deciding.refuse(imported=imported, reason=WHY, acting_person=officer)


def test_every_status_has_its_moves_and_the_database_refuses_what_has_no_ruling(sent) -> None:
    assert set(IMPORT_MOVES) == set(ImportStatus)
    imported = sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedBadge.objects.filter(pk=imported.pk).update(status=ImportStatus.ACCEPTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedBadge.objects.filter(pk=imported.pk).update(due_on=None)


def test_a_ledger_asks_as_often_for_many_badges_as_for_one(bring, educator, psu_officer, ruled, state) -> None:
    license_for(educator, state)

    def accept_one(number: int) -> None:
        shape = shapes.promise_like(educator.email, number=number, achievement=f"https://promise.example/{number}")
        imported = sending.send(imported=bring(shape), explanation="", acting_person=educator)
        deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert counted(educator)
        return len(captured)

    accept_one(1)
    few = queries()
    for number in range(2, 6):
        accept_one(number)
    assert queries() == few


def test_the_recognizer_is_told_that_somebody_else_brought_it_too(
    sent, educator, other_educator, psu_officer, client_of
):
    imported = sent(shapes.mozilla_like(educator.email), explanation="It is mine.")
    page = lambda: client_of(psu_officer).get(f"/elsewhere/recognize/{imported.ref}/").content.decode()  # noqa: E731
    assert "Recognize badges" in page()
    assert "Also brought by somebody else" not in page()
    sent(shapes.mozilla_like(educator.email), person=other_educator, explanation="It is mine.")
    assert "Also brought by somebody else" in page()


# --- Precedents ----------------------------------------------------------------------------------------------


def another(person: Any, number: int = 2, **changes: Any) -> shapes.Shape:
    return shapes.promise_like(person.email, number=number, **changes)


def test_a_precedent_is_proposed_and_decides_only_where_it_says_so(
    sent, educator, other_educator, psu_officer, ruled
) -> None:
    deciding.accept(imported=sent(), counts=TWO, reason=WHY, acting_person=psu_officer, remember=Remember())
    second = sent(another(other_educator), person=other_educator)
    assert second.status == ImportStatus.WAITING
    (proposed,) = precedents.proposed_for(second)
    assert (proposed.amount, proposed.categories) == (2, ["growth"])
    deciding.accept(
        imported=second, counts=TWO, reason=WHY, acting_person=psu_officer, remember=Remember(decides_alone=True)
    )
    assert Precedent.objects.filter(valid_until__lt=timezone.localdate()).count() == 1
    third = sent(another(educator, 3))
    assert third.status == ImportStatus.ACCEPTED
    assert third.ruling.decided_by is None
    assert third.ruling.precedent.decides_alone
    assert third.ruling.reason == WHY
    assert JournalLine.objects.filter(event="import:badge:accepted").last().actor == ""


@pytest.mark.parametrize("why", ["another achievement", "another's address", "unverified", "ended"])
def test_a_precedent_does_not_decide_alone_of(why, sent, educator, other_educator, psu_officer, ruled) -> None:
    until = timezone.localdate() if why == "ended" else None
    remember = Remember(decides_alone=True, valid_until=until)
    deciding.refuse(imported=sent(), reason="No evidence.", acting_person=psu_officer, remember=remember)
    made = Precedent.objects.get()
    if why == "ended":
        precedents.end_precedent(precedent=made, acting_person=psu_officer)
    shape = {
        "another achievement": another(educator, achievement="https://promise.example/achievements/other"),
        "another's address": another(other_educator),
        "unverified": shapes.mozilla_like(educator.email),
    }.get(why, another(educator))
    assert sent(shape, explanation="It is mine.").status == ImportStatus.WAITING


def test_the_school_unit_speaks_before_the_agency_and_a_neighbour_not_at_all(
    sent, educator, psu_officer, state_officer, other_district, ruled
) -> None:
    deciding.refuse(
        imported=sent(), reason="Not so.", acting_person=state_officer, remember=Remember(decides_alone=True)
    )
    assert sent(another(educator)).status == ImportStatus.REFUSED
    away = cast.make_person("Amy Away", (other_district, Role.EDUCATOR))
    assert sent(another(away, 7), person=away).status == ImportStatus.REFUSED
    by_agency = Precedent.objects.get()
    with pytest.raises(NotYoursToDecide):
        precedents.end_precedent(precedent=by_agency, acting_person=psu_officer)
    precedents.end_precedent(precedent=by_agency, acting_person=state_officer)
    fourth = sent(another(educator, 4))
    deciding.accept(
        imported=fourth, counts=TWO, reason=WHY, acting_person=psu_officer, remember=Remember(decides_alone=True)
    )
    assert sent(another(educator, 5)).status == ImportStatus.ACCEPTED
    assert sent(another(away, 6), person=away).status == ImportStatus.WAITING


def test_what_cannot_be_told_apart_for_certain_never_decides_alone(sent, educator, psu_officer, ruled) -> None:
    imported = sent(shapes.mozilla_like(educator.email))
    with pytest.raises(UnusableDecision) as refusal:
        deciding.refuse(
            imported=imported, reason="No.", acting_person=psu_officer, remember=Remember(decides_alone=True)
        )
    assert list(refusal.value.fields) == ["remember"]
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(UnusableDecision):
        deciding.refuse(
            imported=imported, reason="No.", acting_person=psu_officer, remember=Remember(valid_until=yesterday)
        )
    imported.refresh_from_db()
    assert imported.status == ImportStatus.WAITING
