"""The pages and the command on which a list is handed in, confirmed and followed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from longleaf.awards import tasks
from longleaf.awards.bulk import report as bulk_report
from longleaf.awards.models import Award, BulkAward, IssuingKey
from longleaf.awards.tests.conftest import JUDGED
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from tests import cast

ClientOf = Callable[[Person | None], Client]
ADDRESS = "/issued/lists/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def given(version: Version, **changes: Any) -> dict[str, Any]:
    return {"version": str(version.uuid), "judged": JUDGED, "day": "2026-05-29", **changes}


def as_file(text: str, name: str = "cohort (2).csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def test_from_the_file_to_the_report(
    key: IssuingKey, version: Version, client_of: ClientOf, issuing_officer: Person, educator: Person
) -> None:
    client = client_of(issuing_officer)
    handed_in = client.post(ADDRESS, given(version, file=as_file(f"person\n{educator.email}\nnobody@x.example\n")))
    bulk = BulkAward.objects.get()
    assert handed_in["Location"] == f"{ADDRESS}{bulk.ref}/"
    dry_run = text_of(client.get(handed_in["Location"]))
    assert "1 person is ready to be awarded." in dry_run
    assert "Line 3" in dry_run
    assert "<code>person</code> Nobody is enrolled with this." in dry_run
    assert not Award.objects.exists()
    for _ in range(2):
        assert client.post(f"{ADDRESS}{bulk.ref}/confirm/").status_code == 302
    at_work = text_of(client.get(handed_in["Location"]))
    assert 'hx-trigger="every 3s"' in at_work
    assert "0 of 1 line" in at_work
    tasks.award_listed_people()
    done = text_of(client.get(handed_in["Location"]))
    assert "1 badge was awarded." in done
    assert "hx-trigger" not in done
    report = client.get(f"{ADDRESS}{bulk.ref}/report.csv")
    assert report["Content-Disposition"] == f'attachment; filename="{bulk.ref}.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(report.streaming_content).decode())))  # type: ignore[attr-defined]
    assert [(row["line"], row["outcome"], row["badge"]) for row in rows] == [
        ("2", "Awarded", f"http://testserver/badges/{Award.objects.get().uuid}/"),
        ("3", "To mend", ""),
    ]
    assert rows[1]["problem"].startswith("Nobody is enrolled with this.")


def test_people_may_be_typed_instead(
    version: Version, client_of: ClientOf, issuing_officer: Person, educator: Person
) -> None:
    client_of(issuing_officer).post(ADDRESS, given(version, people=f" {educator.email}\r\n\r\n"))
    assert BulkAward.objects.get().rows.get().person == educator


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Choose a file, or name the people below."),
        ({"people": "a", "file": as_file("person\na\n")}, "not both"),
        ({"people": "a", "version": ""}, "Choose what these people have earned."),
        ({"people": "a", "version": "another"}, "Choose one of the versions"),
        ({"people": "a", "judged": ""}, "Say who judged the work"),
        ({"people": "a", "judged": "by us"}, "Say in 20 to 600 letters"),
        ({"people": "a", "day": "someday"}, "This is no day."),
        ({"file": as_file("email\na\n")}, "must be “person”"),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "This file is empty."),
    ],
)
def test_what_cannot_be_used_is_asked_for_again_and_nothing_typed_is_lost(
    version: Version, client_of: ClientOf, issuing_officer: Person, changes: dict[str, Any], said: str
) -> None:
    sent = {**given(version), **changes}
    answer = client_of(issuing_officer).post(ADDRESS, sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert all(sent[name] in page for name in ("judged", "people") if name in sent)
    assert not BulkAward.objects.exists()


def test_nobody_else_sees_or_moves_a_list(
    hand_in: Callable[..., BulkAward], client_of: ClientOf, educator: Person, state_officer: Person, version: Version
) -> None:
    bulk = hand_in(f"person\n{educator.email}\n")
    for person in (educator, state_officer):
        client = client_of(person)
        assert "Nothing to award" in text_of(client.get(ADDRESS))
        assert client.post(ADDRESS, given(version, people="a")).status_code == 422
        assert client.get(f"{ADDRESS}{bulk.ref}/").status_code == 404
        assert client.get(f"{ADDRESS}{bulk.ref}/report.csv").status_code == 404
        assert client.post(f"{ADDRESS}{bulk.ref}/confirm/").status_code == 404
        assert client.post(f"{ADDRESS}{bulk.ref}/discard/").status_code == 404
    assert client_of(None).get(f"{ADDRESS}{bulk.ref}/").status_code == 302


def test_discarding_by_the_page(
    hand_in: Callable[..., BulkAward], client_of: ClientOf, issuing_officer: Person, educator: Person
) -> None:
    bulk = hand_in(f"person\n{educator.email}\n")
    client = client_of(issuing_officer)
    assert client.post(f"{ADDRESS}{bulk.ref}/discard/", follow=True).status_code == 200
    page = text_of(client.get(f"{ADDRESS}{bulk.ref}/"))
    assert "This list was discarded." in page
    assert educator.email not in page


def test_a_longer_list_asks_the_database_no_more_often(
    hand_in: Callable[..., BulkAward], client_of: ClientOf, issuing_officer: Person, django_assert_num_queries: Any
) -> None:
    client, few, many = client_of(issuing_officer), hand_in("person\na\n"), hand_in("person\na\nb\nc\nd\n")
    with django_assert_num_queries(20, exact=False) as first:
        client.get(f"{ADDRESS}{few.ref}/")
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(f"{ADDRESS}{many.ref}/")
    with django_assert_num_queries(1):
        assert len(list(bulk_report.lines(many))) == 5


def test_the_template_has_the_columns(client_of: ClientOf, issuing_officer: Person) -> None:
    answer = client_of(issuing_officer).get(f"{ADDRESS}template.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"person,earned_on,name\r\n")


def test_a_report_runs_nothing_in_a_spreadsheet(hand_in: Callable[..., BulkAward]) -> None:
    lines = "".join(bulk_report.lines(hand_in('person\n"=HYPERLINK(""x"")"\n')))
    assert "\"'=HYPERLINK(" in lines


def test_the_command_checks_awards_and_tells_what_is_to_be_mended(
    key: IssuingKey, version: Version, educator: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [educator, *(cast.make_person(f"Person Number {number}") for number in range(3))]
    path, report = tmp_path / "list.csv", tmp_path / "report.csv"
    path.write_text("person\n" + "".join(f"{person.email}\n" for person in people))
    words = ("award_in_bulk", str(path), "--of", version.micro_credential.slug, "--judged", JUDGED)
    call_command(*words, "--on", "2026-05-29")
    assert not Award.objects.exists()
    call_command(*words, "--on", "2026-05-29", "--confirm", "--report", str(report))
    assert Award.objects.count() == 4
    assert "4 badges were issued." in capsys.readouterr().out
    assert len(report.read_text().splitlines()) == 5
    with pytest.raises(SystemExit) as ended:
        call_command(*words, "--on", "2026-05-29")
    assert ended.value.code == 1
    assert "line 2, person: " in capsys.readouterr().err


def test_the_command_waits_for_a_key(
    version: Version, educator: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"person,earned_on\n{educator.email},2026-05-29\n")
    call_command("award_in_bulk", str(path), "--of", version.micro_credential.slug, "--judged", JUDGED, "--confirm")
    assert "The rest waits" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": "nowhere.csv"}, "cannot be read"),
        ({"of": "nothing"}, "No version of nothing"),
        ({"judged": "by us"}, "Say in 20 to 600 letters"),
    ],
)
def test_the_command_says_when_it_was_not_understood(
    version: Version, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("person\na\n")
    sent = {"file": str(path), "of": version.micro_credential.slug, "judged": JUDGED, **changes}
    with pytest.raises(CommandError, match=said) as refused:
        call_command("award_in_bulk", sent["file"], "--of", sent["of"], "--judged", sent["judged"])
    assert refused.value.returncode == 2
