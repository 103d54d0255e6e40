"""Every moment can be reached, and whatever is announced can be opened by whom it is for."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from conftest import FAST_HASHER
from longleaf.assessment.appeals.access import appeals_to_look_at
from longleaf.assessment.status import AttemptStatus
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.catalog.models import Draft, DraftComment, Wish
from longleaf.demo.acting import set_stage, tell
from longleaf.demo.announcing import announcement
from longleaf.demo.script import Moment, read_script
from longleaf.demo.stage import Stage
from longleaf.demo.tests.conftest import BESIDE, PACK, SCRIPT, without
from longleaf.journal import verifying
from longleaf.panels.leading.board import board_of
from longleaf.panels.leading.rated import rubrics_of
from longleaf.panels.models import DriftAlarm
from longleaf.panels.status import AT_WORK
from longleaf.quality.models import Alarm, Complaint, Review
from longleaf.quality.status import UNDER_WAY, ComplaintStatus
from longleaf.recognition.models import CreditRequest, ImportedBadge, LocalPlan, PolicyDraft, PolicyLab
from longleaf.recognition.portability.status import ImportStatus
from longleaf.recognition.status import RequestStatus
from longleaf.states.loading import load_pack
from longleaf.web.tests.reading import require_strict

S = AttemptStatus
STATUS = {
    Moment.DRAFT: S.DRAFT,
    Moment.SUBMITTED: S.SUBMITTED,
    Moment.RETURNED: S.RETURNED,
    Moment.SCORING: S.IN_REVIEW,
    Moment.THIRD: S.IN_REVIEW,
    Moment.NOT_YET: S.NOT_YET,
    Moment.RESUBMITTED: S.SUBMITTED,
    Moment.BADGE: S.DEMONSTRATED,
    Moment.RENEWAL: S.DEMONSTRATED,
}
PUBLIC = ("catalog", "micro_credential", "badge", "credential", "verify")


@pytest.fixture(scope="module")
def set_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stage, Path]]:
    """The stage, set once: each moment is acted out on it and taken back, because a test is a savepoint in it."""
    evidence = tmp_path_factory.mktemp("evidence")
    kept = override_settings(PASSWORD_HASHERS=FAST_HASHER, MEDIA_ROOT=evidence, PUBLIC_URL="http://testserver")
    with django_db_blocker.unblock(), kept, transaction.atomic():
        load_pack(PACK)
        yield set_stage(read_script(SCRIPT)), evidence
        transaction.set_rollback(True)


@pytest.fixture
def on_stage(set_once: tuple[Stage, Path], demonstration: None, settings: Any, db: None) -> Stage:
    stage, settings.MEDIA_ROOT = set_once
    return stage


@pytest.mark.parametrize("moment", list(Moment))
def test_every_moment_can_be_opened(moment, on_stage, client_of, script):
    alike = script.model_copy(update=dict.fromkeys(BESIDE, ()))
    stage = tell(alike, copy(on_stage), until=moment)
    told = announcement(script, stage, moment=moment)
    people = stage.people
    earner = people[script.headline.earner]
    state_officer = next(p for p in people.values() if p.roles.filter(role="state_officer").exists())
    assert told["moment"] == moment.value
    assert told["moments"] == [each.value for each in Moment]
    opened = {name: url.removeprefix("http://testserver") for name, url in told["urls"].items()}
    for name in PUBLIC:
        assert client_of(None).get(opened.pop(name)).status_code == 200, name
    for name in ("attempt", "ledger"):
        response = client_of(earner).get(opened.pop(name), follow=True)
        assert response.status_code == 200, name
        require_strict(response)
    assert client_of(state_officer).get(opened.pop("journal")).status_code == 200
    assert appeals_to_look_at(state_officer).count() == 1, "the appeal that waits for the agency, as it is announced"
    desk = opened.pop("scoring_desk")
    open_to = [key for key, person in people.items() if client_of(person).get(desk).status_code == 200]
    assert open_to
    assert script.headline.earner not in open_to
    assert set(opened) <= {"issued", "values", "issuer"}, "every address that is announced is opened here"
    for person in people.values():
        response = client_of(person).get("/")
        assert response.status_code == 200
        require_strict(response)
    if stage.headline:
        stage.headline.refresh_from_db()
    assert (stage.headline and stage.headline.status) == STATUS.get(moment)
    assert set(Award.objects.values_list("status", flat=True)) == {AwardStatus.ISSUED}
    assert verifying.verify().first_break is None


def test_the_board_of_agreement_has_figures_by_one_rubric_and_nobody_drifted(on_stage: Stage) -> None:
    pool = on_stage.people["june"].roles.get(organisation__code="friday-institute").organisation
    used = rubrics_of(pool)[0]
    assert used.measured == 10
    assert not DriftAlarm.objects.exists()
    lines = board_of(pool, used.kind, used.digest).lines
    assert len(lines) == 1 + 4
    assert 0.4 < (lines[0].found.kappa.value or 0) < 1


def test_everybody_has_something_in_the_middle_of_its_way(on_stage, script):
    """What is under way with designers, reviewers, the credit desk and the state agency is where its script says."""
    people = tell(without(script, "teams", "appealed", "rewards"), copy(on_stage), until=Moment.START).people
    # Designers.
    assert {each.asked_by for each in Wish.objects.all()} == {people[each.by] for each in script.wishes}
    (told,) = script.designed
    draft, comment = Draft.objects.get(), DraftComment.objects.get()
    assert (draft.begun_by, draft.skill, draft.title) == (people["imani"], told.skills[0], told.typed["title"])
    assert (comment.text, comment.place) == (told.comment, told.place)
    # Reviewers read a design and an application.
    reviews = Review.objects.filter(status__in=UNDER_WAY)
    assert sorted(bool(each.version) for each in reviews) == [False, True]
    for each in reviews:
        assert each.panel.assignments.filter(status__in=AT_WORK).exists(), each.ref
    # The state agency.
    assert Complaint.objects.filter(status=ComplaintStatus.OPEN).count() == 1
    alarm = Alarm.objects.get()
    assert (alarm.organisation.code, alarm.measure, alarm.status) == ("friday-institute", "complaints", "open")
    assert alarm.low > alarm.threshold
    assert PolicyDraft.objects.get().begun_by == people["evelyn"]
    lab = PolicyLab.objects.get()
    assert lab.finished_at is not None
    assert lab.people == lab.done > 0
    # School units.
    request = CreditRequest.objects.get()
    assert (request.status, request.office.code) == (RequestStatus.SENT, "860")
    assert LocalPlan.objects.count() == 1
    assert ImportedBadge.objects.filter(status=ImportStatus.WAITING).count() == 1
