"""`longleaf ratings`: what researchers get, and what they cannot find in it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from longleaf.directory.models import Organisation, Person
from longleaf.panels import ratings_file
from longleaf.panels.leading.rated import STEP
from longleaf.panels.models import Panel
from longleaf.panels.tests.factories import MEETS, NOT_YET
from longleaf.panels.tests.leading.judged import judge

pytestmark = pytest.mark.django_db

Run = Callable[..., str]


@pytest.fixture
def ten(issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person) -> list[Panel]:
    return [judge(issuer, f"{number:04}", second=NOT_YET if number < 2 else MEETS) for number in range(STEP)]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("ratings", *arguments, stdout=out)
    return out.getvalue()


def test_without_a_rubric_it_lists_them(issuer: Organisation, ten: list[Panel]) -> None:
    assert run(issuer.code).split()[:3] == [ten[0].rubric_id[:12], "10", "decided"]


def test_longleaf_agreement_reads_what_it_writes(issuer: Organisation, ten: list[Panel]) -> None:
    written = run(issuer.code, "--rubric", ten[0].rubric_id[:10])
    found = ratings_file.read(written.encode(), ordered=True, order=[NOT_YET, MEETS])
    assert len(found.ratings) == 40
    assert {len({each.rater for each in found.ratings}), len({each.subject for each in found.ratings})} <= {2, 3, 10}
    assert sorted(each.value for each in found.ratings).count(NOT_YET) == 4


def test_nothing_in_it_leads_back_to_anybody(issuer: Organisation, ten: list[Panel]) -> None:
    written = run(issuer.code, "--rubric", ten[0].rubric_id)
    seats = [seat for panel in ten for seat in panel.assignments.all()]
    known = {value for seat in seats for value in (seat.ref, seat.rater.ref, seat.rater.name, seat.panel.ref)}
    known |= {panel.subject for panel in ten}
    assert [word for word in known if word in written] == []
    rows = list(csv.DictReader(StringIO(written)))
    assert set(rows[0]) == {"subject", "rater", "criterion", "rating"}
    assert [row["subject"] for row in rows] == sorted(row["subject"] for row in rows)


def test_pseudonyms_are_drawn_anew_each_time(issuer: Organisation, ten: list[Panel]) -> None:
    assert len({run(issuer.code, "--rubric", ten[0].rubric_id) for _ in range(5)}) > 1


def test_it_refuses_what_would_tell_of_single_panels(issuer: Organisation, ten: list[Panel]) -> None:
    Panel.objects.filter(pk=ten[0].pk).delete()
    with pytest.raises(CommandError, match="Fewer than 10 panels"):
        run(issuer.code, "--rubric", ten[0].rubric_id)


@pytest.mark.parametrize(("arguments", "said"), [(["NOWHERE"], "No organization"), (["ISSUER", "--rubric", "zz"], "0")])
def test_it_refuses_what_is_not_there(issuer: Organisation, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
