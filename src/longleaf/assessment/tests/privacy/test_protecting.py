"""Names, consent and statements: what is kept, what keeps from handing in, and what happens when it is taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from longleaf.assessment import retrying, submitting, tasks
from longleaf.assessment.errors import (
    ConsentNotWelcome,
    NoNamesFound,
    NoSuchAttempt,
    NoSuchConsent,
    NoSuchFinding,
    NotOpenForWriting,
    NotReady,
    StatementNotWelcome,
)
from longleaf.assessment.evidence import badge_evidence, writing
from longleaf.assessment.models import Attempt, Consent, FileText, NameAnswer, Roster, Upload
from longleaf.assessment.privacy import ai_use, consent, looking, roster
from longleaf.assessment.privacy.readiness import what_is_unsaid
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.privacy import factories
from longleaf.journal.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(version, educator):
    return earner_cast.filled(version, educator)


@pytest.fixture
def asking(state, issuer, items, educator):
    """An attempt at something that shows people and asks for tools, with a file and a link."""
    attempt = earner_cast.filled(factories.protected(state, issuer, items), educator)
    earner_cast.uploaded(attempt, "board.jpg", earner_cast.picture())
    return attempt


def keep(attempt, *names):
    return roster.keep_roster(attempt=attempt, pasted="\n".join(names), acting_person=attempt.earner)


def found(attempt):
    return [(each.name, each.place.what) for each in looking.look_through(work_on(attempt)).findings]


# --- Names -----------------------------------------------------------------------------------------------------------


def test_a_list_is_sealed_and_opens_for_its_attempt_only(attempt, version, other_educator):
    assert keep(attempt, "Maria Lopez", "Zoë") == ["Maria Lopez", "Zoë"]
    kept = Roster.objects.get()
    assert b"Maria" not in bytes(kept.sealed)
    assert roster.names_of(attempt) == ["Maria Lopez", "Zoë"]
    Roster.objects.update(attempt=earner_cast.started(version, other_educator))
    assert roster.names_of(Roster.objects.select_related("attempt").get().attempt) == []


def test_a_list_that_opens_no_more_is_as_if_it_were_not_there(attempt, settings):
    keep(attempt, "Maria")
    settings.KEY_ENCRYPTION_SECRET = "another"
    assert roster.names_of(attempt) == []
    settings.KEY_ENCRYPTION_SECRET_BEFORE = settings.KEY_ENCRYPTION_SECRET
    assert roster.names_of(attempt) == []


def test_a_list_is_taken_in_place_of_the_one_before_and_the_journal_names_nobody(attempt):
    keep(attempt, "Maria")
    keep(attempt, "Lopez")
    assert roster.names_of(attempt) == ["Lopez"]
    lines = JournalLine.objects.filter(subject=f"attempt:{attempt.ref}")
    assert not any(name in str(line.data) for line in lines for name in ("Maria", "Lopez"))


@pytest.mark.parametrize("pasted", ["", "12, 34", "x" * (roster.LONGEST_LIST + 1)])
def test_a_list_without_a_name_or_without_an_end_is_refused(attempt, pasted):
    with pytest.raises(NoNamesFound):
        roster.keep_roster(attempt=attempt, pasted=pasted, acting_person=attempt.earner)


def test_nobody_else_keeps_or_forgets_a_list(attempt, other_educator):
    keep(attempt, "Maria")
    with pytest.raises(NoSuchAttempt):
        roster.keep_roster(attempt=attempt, pasted="Zed", acting_person=other_educator)
    with pytest.raises(NoSuchAttempt):
        roster.forget_roster(attempt=attempt, acting_person=other_educator)
    assert roster.names_of(attempt) == ["Maria"]


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [
        (AttemptStatus.DRAFT, 0, 1),
        (AttemptStatus.IN_REVIEW, 0, 1),
        (AttemptStatus.DRAFT, 181, 0),
        (AttemptStatus.NOT_YET, 0, 0),
        (AttemptStatus.DEMONSTRATED, 0, 0),
        (AttemptStatus.WITHDRAWN, 0, 0),
    ],
)
def test_a_list_goes_when_the_attempt_is_decided_or_its_time_has_run_out(attempt, status, days, left):
    keep(attempt, "Maria")
    earner_cast.put(attempt, status)
    gone = roster.forget_due_rosters(today=timezone.localdate() + timedelta(days=days))
    assert (gone, Roster.objects.count()) == (1 - left, left)


def test_names_are_found_in_texts_titles_links_and_names_of_files(attempt):
    keep(attempt, "Maria Lopez")
    earner_cast.save(attempt, "R1", "I look for what Maria does in every lesson.")
    earner_cast.uploaded(attempt, "lopez_board.jpg", earner_cast.picture())
    writing.add_link(
        submission=current_submission(attempt), requirement="R2", link="https://example.org/maria-lopez",
        title="Maria reads", acting_person=attempt.earner,
    )  # fmt: skip
    assert sorted(found(attempt)) == [
        ("Maria", "the title of a link"),
        ("Maria", "your text"),
        ("lopez", "the name of a file"),
        ("maria-lopez", "a link"),
    ]


def test_the_earner_and_their_school_unit_are_looked_for_without_any_list(attempt):
    earner_cast.save(attempt, "R1", "Ms Earner of Rivertown looks for claims in each draft.")
    assert [name for name, _ in found(attempt)] == ["Earner", "Rivertown"]


def test_a_file_is_looked_through_once_it_was_read(attempt):
    keep(attempt, "Maria")
    earner_cast.uploaded(attempt, "work.pdf", factories.pdf_of("Maria read it."))
    before = looking.look_through(work_on(attempt))
    assert (before.findings, before.waiting) == ([], ["work.pdf"])
    assert tasks.read_arrived_files() == 1
    after = looking.look_through(work_on(attempt))
    assert [each.place.what for each in after.findings] == ["the file “work.pdf”"]
    assert (after.waiting, tasks.read_arrived_files()) == ([], 0)


def test_what_software_cannot_read_is_said(attempt):
    earner_cast.uploaded(attempt, "scan.pdf", earner_cast.pdf())
    earner_cast.uploaded(attempt, "board.jpg", earner_cast.picture())
    tasks.read_arrived_files()
    look = looking.look_through(work_on(attempt))
    assert sorted(look.unread) == ["board.jpg", "scan.pdf"]


def test_a_file_that_brought_a_worker_down_is_not_read_again(attempt):
    earner_cast.uploaded(attempt, "work.pdf", factories.pdf_of("Maria read it."))
    Upload.objects.update(text_read_at=timezone.now() - timedelta(hours=1))
    assert tasks.read_arrived_files() == 0
    assert FileText.objects.get().state == "unreadable"


def test_an_answer_is_kept_for_these_words_at_this_place_and_for_later_rounds(attempt):
    keep(attempt, "Maria")
    earner_cast.save(attempt, "R1", "The Maria of the poem speaks to all of us.")
    (finding,) = looking.look_through(work_on(attempt)).findings
    for _ in range(2):
        looking.answer(work=work_on(attempt), finding=finding.digest, acting_person=attempt.earner)
    assert (found(attempt), NameAnswer.objects.count()) == ([], 1)
    earner_cast.save(attempt, "R1", "Then Maria left the poem and came to class.")
    assert [name for name, _ in found(attempt)] == ["Maria"]
    with pytest.raises(NoSuchFinding):
        looking.answer(work=work_on(attempt), finding="0" * 64, acting_person=attempt.earner)


def test_names_that_were_found_keep_nobody_from_handing_in(attempt):
    earner_cast.save(attempt, "R1", "Ms Earner looks for claims in each draft.")
    assert found(attempt)
    assert earner_cast.submit(attempt).submitted_at


def test_where_the_design_says_so_each_name_is_answered_first(state, issuer, items, educator):
    attempt = earner_cast.filled(factories.protected(state, issuer, items, names_must_be_answered=True), educator)
    factories.say_all(attempt)
    earner_cast.save(attempt, "R1", "Ms Earner looks for claims in each draft.")
    with pytest.raises(NotReady) as caught:
        earner_cast.submit(attempt)
    assert list(caught.value.fields) == ["privacy-names"]
    (finding,) = looking.look_through(work_on(attempt)).findings
    looking.answer(work=work_on(attempt), finding=finding.digest, acting_person=educator)
    assert earner_cast.submit(attempt).submitted_at


# --- Consent ---------------------------------------------------------------------------------------------------------


def test_people_are_numbered_and_the_journal_holds_neither_place_nor_day(attempt):
    logged = [factories.log(attempt, kept_where="Office of Ms Rivers") for _ in range(2)]
    assert [each.label for each in logged] == ["Student 1", "Student 2"]
    lines = [line.data for line in JournalLine.objects.filter(event="attempt:consent:logged")]
    assert lines == [{"number": number, "kind": "school_form"} for number in (1, 2)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "told me so"}, "kind"),
        ({"given_on": date(2100, 1, 1)}, "given_on"),
        ({"kept_where": "  "}, "kept_where"),
        ({"kept_where": "x" * 201}, "kept_where"),
    ],
)
def test_a_consent_that_says_too_little_is_refused(attempt, changes, field):
    with pytest.raises(ConsentNotWelcome) as caught:
        factories.log(attempt, **changes)
    assert list(caught.value.fields) == [field]
    assert Consent.objects.count() == 0


def test_missing_consent_and_statements_keep_from_handing_in_with_a_sentence(asking):
    with pytest.raises(NotReady) as caught:
        earner_cast.submit(asking)
    assert set(caught.value.fields) == {
        "privacy-consent-R2",
        "privacy-tools-R1",
        "privacy-tools-R2",
        "privacy-tools-R3",
    }
    assert caught.value.fields["privacy-consent-R2"].startswith("Say who can be recognized in 2 artifacts")


def test_with_everything_said_it_is_handed_in(asking):
    factories.say_all(asking)
    assert what_is_unsaid(work_on(asking)) == {}
    assert earner_cast.submit(asking).submitted_at


def test_where_nobody_can_be_recognised_no_consent_is_needed(asking):
    for artifact in factories.artifacts_of(asking):
        factories.show(artifact)
    assert not any(key.startswith("privacy-consent") for key in what_is_unsaid(work_on(asking)))


def test_either_nobody_or_people_are_shown(asking):
    factories.log(asking)
    artifact = factories.artifacts_of(asking)[0]
    for nobody, numbers in ((True, [1]), (False, [])):
        with pytest.raises(ConsentNotWelcome):
            consent.say_who_is_shown(artifact=artifact, nobody=nobody, numbers=numbers, acting_person=asking.earner)
    with pytest.raises(NoSuchConsent):
        factories.show(artifact, 7)


def test_nobody_else_logs_says_or_withdraws(asking, other_educator):
    factories.log(asking)
    for act in (
        lambda: consent.log_consent(
            attempt=asking, kind="own", given_on=factories.SIGNED, kept_where="x", acting_person=other_educator
        ),
        lambda: consent.say_who_is_shown(
            artifact=factories.artifacts_of(asking)[0], nobody=True, numbers=[], acting_person=other_educator
        ),
        lambda: consent.withdraw_consent(attempt=asking, number=1, acting_person=other_educator),
    ):
        with pytest.raises(NoSuchAttempt):
            act()


def test_consent_that_is_taken_back_takes_away_all_that_shows_the_person_and_nothing_else(asking):
    factories.say_all(asking)
    link, picture = factories.artifacts_of(asking)
    factories.log(asking)
    factories.show(link, 2)
    earner_cast.submit(asking)
    gone = consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    assert gone.withdrawn_at
    assert [bool(each.taken_away_at) for each in factories.artifacts_of(asking)] == [False, True]
    assert picture.upload is not None
    lines = JournalLine.objects.filter(event__in=["attempt:consent:withdrawn", "submission:evidence:taken-away"])
    assert [line.data for line in lines.order_by("number")] == [{"number": 1, "taken_away": 1}, {}]
    again = consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    assert (again.withdrawn_at, lines.count()) == (gone.withdrawn_at, 2)


def test_what_was_taken_away_is_gone_from_every_round_and_from_the_next(asking):
    factories.say_all(asking)
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=[])
    retrying.open_round(attempt=asking, acting_person=asking.earner)
    consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    assert len(factories.artifacts_of(asking)) == 4
    assert all(each.taken_away_at for each in factories.artifacts_of(asking))
    work = work_on(Attempt.objects.get(pk=asking.pk))
    assert work.piece("R2").missing


def test_a_new_round_does_not_bring_back_what_was_taken_away(asking):
    factories.say_all(asking)
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=[])
    consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    opened = retrying.open_round(attempt=asking, acting_person=asking.earner)
    assert [each.artifacts.count() for each in opened.responses.order_by("requirement")] == [0, 0, 0]


def test_a_badge_tells_no_more_of_what_was_taken_away(asking):
    factories.say_all(asking)
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=["A", "B"])
    occasion = f"attempt:{asking.ref}"
    picture = factories.artifacts_of(asking)[1]
    assert badge_evidence.file_of(occasion, f"R2.{picture.pk}") is not None
    consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    assert badge_evidence.file_of(occasion, f"R2.{picture.pk}") is None
    assert [piece["key"] for piece in badge_evidence.pieces_of(occasion)] == ["R1", "R1.text", "R2", "R3", "R3.text"]


def test_badges_are_locked_before_the_journal(asking, django_assert_max_num_queries):
    factories.say_all(asking)
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=["A", "B"])
    with django_assert_max_num_queries(200) as asked:
        consent.withdraw_consent(attempt=asking, number=1, acting_person=asking.earner)
    tables = [each["sql"] for each in asked.captured_queries]
    first = {name: next(at for at, sql in enumerate(tables) if name in sql) for name in ("awards_award", "journal_")}
    assert first["awards_award"] < first["journal_"]


# --- Tools -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uses", "words"),
    [([], ""), (["none", "ideas"], "x"), (["ideas"], " "), (["magic"], "x"), (["ideas"], "x" * 501)],
)
def test_a_statement_that_does_not_fit_together_is_refused(asking, uses, words):
    with pytest.raises(StatementNotWelcome) as caught:
        ai_use.say_what_was_used(
            submission=current_submission(asking), part="R1-text", uses=uses, words=words, acting_person=asking.earner
        )
    assert list(caught.value.fields) == ["uses-R1-text"]


def test_it_is_said_of_each_artifact_by_itself_and_the_gate_names_what_is_left(asking):
    factories.say(asking, "R1")
    factories.say(asking, "R2-2", "images", words="A tool drew it.")
    unsaid = what_is_unsaid(work_on(asking))
    assert {key for key in unsaid if key.startswith("privacy-tools")} == {"privacy-tools-R2", "privacy-tools-R3"}
    assert "“https://example.org/work” for" in unsaid["privacy-tools-R2"]
    assert "board.jpg" not in unsaid["privacy-tools-R2"]
    said = ai_use.say_none_was_used(submission=current_submission(asking), acting_person=asking.earner)
    assert [each.uses for each in said] == [["none"], ["none"]]
    assert ai_use.say_none_was_used(submission=current_submission(asking), acting_person=asking.earner) == []
    assert not any(key.startswith("privacy-tools") for key in what_is_unsaid(work_on(asking)))
    lines = JournalLine.objects.filter(event="attempt:tools:said").order_by("number")
    assert [(line.data["of"], line.data["uses"]) for line in lines] == [
        (["R1"], ["none"]),
        (["R2-2"], ["images"]),
        (["R2-1", "R3"], ["none"]),
    ]


def test_what_is_said_of_an_artifact_goes_with_it_and_comes_back_for_the_same_one(asking):
    factories.say_all(asking)
    factories.say(asking, "R2-2", "images", words="A tool drew it.")
    link, picture = factories.artifacts_of(asking)
    key = f"R2-{link.pk}"
    writing.remove_artifact(artifact=link, acting_person=asking.earner)
    assert set(ai_use.statements_in(current_submission(asking))) == {("R1", None), ("R2", picture.pk), ("R3", None)}
    with pytest.raises(StatementNotWelcome):
        ai_use.say_what_was_used(
            submission=current_submission(asking), part=key, uses=["none"], words="",
            acting_person=asking.earner,
        )  # fmt: skip
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=[])
    opened = retrying.open_round(attempt=asking, acting_person=asking.earner)
    asking.refresh_from_db()
    (again,) = ai_use.parts_in(work_on(asking, opened))["R2"]
    assert (again.said, again.before.words) == (None, "A tool drew it.")


def test_what_is_carried_over_as_it_was_keeps_what_was_said_of_it(asking):
    factories.say_all(asking)
    factories.say(asking, "R2-1", "ideas", words="A chat tool.")
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=["A"])
    opened = retrying.open_round(attempt=asking, acting_person=asking.earner)
    locked = set(opened.responses.filter(locked=True).values_list("requirement", flat=True))
    said = ai_use.statements_in(opened)
    assert locked == {code for code, _ in said} == {"R1", "R2"}
    assert sorted(each.words for each in said.values()) == ["", "", "A chat tool."]


def test_nobody_else_says_it(asking, other_educator):
    for act in (
        lambda: ai_use.say_none_was_used(submission=current_submission(asking), acting_person=other_educator),
        lambda: ai_use.say_what_was_used(
            submission=current_submission(asking), part="R1-text", uses=["none"], words="", acting_person=other_educator
        ),
    ):
        with pytest.raises(NoSuchAttempt):
            act()


def test_it_takes_as_many_questions_for_ten_artifacts_as_for_two(asking, django_assert_num_queries):
    for number in range(8):
        writing.add_link(
            submission=current_submission(asking), requirement="R2", link=f"https://example.org/{number}",
            title="", acting_person=asking.earner,
        )  # fmt: skip
    work = work_on(asking)
    with django_assert_num_queries(2):
        assert sum(len(each) for each in ai_use.parts_in(work).values()) == 12


def test_a_statement_may_be_changed_until_it_is_handed_in(asking):
    factories.say(asking, "R1")
    assert factories.say(asking, "R1", "wording", "ideas", words="A chat tool.").in_words == (
        "For ideas, For wording or translating: A chat tool."
    )
    factories.say_all(asking)
    earner_cast.submit(asking)
    with pytest.raises(NotOpenForWriting):
        factories.say(asking, "R1")


def test_a_next_round_asks_again_for_what_is_not_carried_over(asking):
    factories.say_all(asking)
    earner_cast.submit(asking)
    earner_cast.decide(asking, met=["A"])
    retrying.open_round(attempt=asking, acting_person=asking.earner)
    asking.refresh_from_db()
    assert list(what_is_unsaid(work_on(asking))) == ["privacy-tools-R3"]
    with pytest.raises(NotReady):
        submitting.submit(
            submission=current_submission(asking), statements=earner_cast.BOTH, badge_evidence=[],
            acting_person=asking.earner,
        )  # fmt: skip


def test_where_nothing_is_asked_nothing_is_needed(attempt):
    assert what_is_unsaid(work_on(attempt)) == {}
