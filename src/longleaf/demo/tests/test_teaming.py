"""The team of the script: one artifact in two attempts, told apart, and a mentor's word on it."""

from __future__ import annotations

from longleaf.assessment.models import Artifact, DraftComment, OwnPart, Team
from longleaf.assessment.privacy import ai_use
from longleaf.assessment.queries import work_on
from longleaf.demo import acting, teaming
from longleaf.demo.tests.conftest import PACK, UNCERTIFIED
from longleaf.states.loading import load_pack


def test_two_make_one_piece_and_say_what_helped(db, demonstration, script):
    load_pack(PACK)
    stage = acting.set_stage(script.model_copy(update={**UNCERTIFIED, "values": ()}))
    (told,) = script.teams
    both = teaming.work_together(told, stage.people)
    assert [each.earner for each in both] == [stage.people[told.brings], stage.people[told.joins]]
    assert Artifact.objects.exclude(upload=None).values("upload").distinct().count() == 1
    assert {each.text for each in OwnPart.objects.all()} == set(told.parts.values())
    for attempt in both:
        (part,) = ai_use.parts_in(work_on(attempt))[told.requirement]
        assert part.said
        assert part.said.words == told.tool
    assert (Team.objects.count(), DraftComment.objects.get().text) == (1, told.advice)
