"""Licences are entered one by one or from a file, each once; their holders see them and say what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.engines.policy import Score
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import NotAllowed, WrongState
from longleaf.recognition import recording, records
from longleaf.recognition.errors import (
    MayNotAsk,
    NoSuchLicence,
    NoSuchLicenceFile,
    NotYourUnit,
    UnusableLicence,
    UnusableList,
)
from longleaf.recognition.events import Event
from longleaf.recognition.licences import holding, importing, reading
from longleaf.recognition.licences.checking import CHANGED, ENDED, NEW, PROBLEM, THERE
from longleaf.recognition.licences.importing import DONE
from longleaf.recognition.models import CreditRequest, Licence, LicenceFile
from longleaf.recognition.status import RequestStatus
from longleaf.recognition.tests.factories import TODAY, license_for, load, workshop
from tests import cast

FILES = "/renewal/licenses/files/"
HEAD = "person,kind,role,issued,expires,areas,ended_on,scores,name\n"


@pytest.fixture(autouse=True)
def policy(state: Any) -> None:
    load(state)


def lines(*rows: str) -> list[reading.Line]:
    return reading.lines_of((HEAD + "\n".join(rows) + "\n").encode())


def hand_in(office: Any, officer: Any, *rows: str) -> LicenceFile:
    return importing.hand_in(office=office, lines=lines(*rows), name="licenses.csv", acting_person=officer)


def outcomes(file: LicenceFile) -> list[str]:
    return [row["outcome"] for row in file.rows]


def full(person: Any, **cells: str) -> str:
    told = {
        "issued": "2024-07-01",
        "expires": "2029-06-30",
        "areas": "",
        "ended": "",
        "scores": "",
        "name": "",
        **cells,
    }
    return f"{person.email},FULL,teacher," + ",".join(told.values())


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_the_dry_run_tells_the_fate_of_each_line(
    state, district, psu_officer, educator, other_educator, first_assessor
):
    license_for(educator, state)
    found = hand_in(
        district, psu_officer, full(educator), full(other_educator, expires="6/30/2030"), full(first_assessor),
        full(psu_officer), full(educator), full(other_educator, name="Somebody Else"),
    )  # fmt: skip
    assert outcomes(found) == [THERE, NEW, PROBLEM, PROBLEM, PROBLEM, PROBLEM]
    sentences = [row["sentence"] for row in found.rows]
    assert sentences[2] == sentences[3] == "No educator of yours has this address or reference."
    assert sentences[4:] == [
        "Line 2 names the same license.",
        "The record says Oscar Otherwise. Correct the name or the address.",
    ]
    assert Licence.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"issued": "soon"}, "issued: “soon” is not a day"),
        ({"expires": "2024-06-30"}, "expires: Choose a day after July 1, 2024."),
        ({"ended": "2031-01-01"}, "ended_on: Choose a day from"),
        ({"scores": "5081"}, "scores: Write each as"),
        ({"scores": "5081=NaN/3"}, "scores: Write each as"),
    ],
)
def test_a_line_that_cannot_be_so_says_where_and_how_to_mend_it(cells, told, district, psu_officer, educator):
    [row] = hand_in(district, psu_officer, full(educator, **cells)).rows
    assert row["outcome"] == PROBLEM
    assert told in row["sentence"]


def test_a_kind_is_given_by_code_or_title_and_an_unknown_one_is_told(district, psu_officer, educator):
    rows = [full(educator).replace("FULL,teacher", each) for each in ("full  LICENSE,Teacher", "HALF,teacher")]
    assert outcomes(hand_in(district, psu_officer, rows[0])) == [NEW]
    [row] = hand_in(district, psu_officer, rows[1]).rows
    assert row["sentence"].startswith("kind: The policy knows no such kind")


def test_a_file_enters_several_licences_of_one_person_once(district, psu_officer, educator):
    rows = [
        full(educator, areas="reading|science", scores="5081=157/160/3.5"),
        full(educator, issued="2019-07-01", expires="2024-06-30"),
    ]
    first, again = hand_in(district, psu_officer, *rows), hand_in(district, psu_officer, *rows)
    assert outcomes(importing.record_file(file=first, acting_person=psu_officer)) == [DONE, DONE]
    with pytest.raises(WrongState):
        importing.record_file(file=first, acting_person=psu_officer)
    assert outcomes(importing.record_file(file=again, acting_person=psu_officer)) == [THERE, THERE]
    assert Licence.objects.count() == 2
    assert JournalLine.objects.filter(event=Event.LICENCE_ENTERED).count() == 2
    licence = records.as_engine_licence(Licence.objects.get(expires=date(2029, 6, 30)))
    assert licence.areas == {"reading", "science"}
    assert licence.scores == {"5081": Score(Decimal(157), Decimal(160), Decimal("3.5"))}


def test_a_change_and_an_end_are_told_and_carried_out(district, psu_officer, educator, state):
    license_for(educator, state)
    moved = hand_in(district, psu_officer, full(educator, expires="2030-06-30"))
    assert (outcomes(moved), moved.rows[0]["sentence"]) == (
        [CHANGED],
        "last day: June 30, 2030 in place of June 30, 2029.",
    )
    importing.record_file(file=moved, acting_person=psu_officer)
    ended = hand_in(district, psu_officer, full(educator, expires="2030-06-30", ended="2026-09-30"))
    assert outcomes(ended) == [ENDED]
    importing.record_file(file=ended, acting_person=psu_officer)
    licence = Licence.objects.get()
    assert (licence.expires, licence.ended_on) == (date(2030, 6, 30), date(2026, 9, 30))
    assert records.licence_of(educator, date(2026, 9, 30)) == licence
    assert records.licence_of(educator, date(2026, 10, 1)) is None
    assert JournalLine.objects.filter(event=Event.LICENCE_ENDED).count() == 1
    # What is left empty stays; a dash takes the end back.
    importing.record_file(
        file=hand_in(district, psu_officer, full(educator, expires="2030-06-30", ended="-")), acting_person=psu_officer
    )
    assert Licence.objects.get().ended_on is None


def test_the_state_enters_everybodys_and_nobody_their_own(
    state, state_officer, other_educator, other_district, psu_officer
):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    agency = directory.agency()
    found = hand_in(agency, state_officer, full(neighbour), full(state_officer))
    assert outcomes(found) == [NEW, PROBLEM]
    with pytest.raises(NotYourUnit):
        hand_in(agency, psu_officer, full(other_educator))
    for person in (psu_officer, other_educator):
        with pytest.raises(NoSuchLicenceFile):
            importing.record_file(file=found, acting_person=person)
    done = importing.record_file(file=found, acting_person=state_officer)
    assert outcomes(done) == [DONE, PROBLEM]
    assert importing.counts_of(done)[DONE] == 1


def test_a_licence_that_would_be_another_one_is_refused_at_its_field(educator, state, psu_officer):
    first, other = (
        license_for(educator, state),
        license_for(educator, state, expires=date(2030, 6, 30), issued=date(2025, 7, 1)),
    )
    facts = {"kind": "FULL", "role": "teacher", "issued": first.issued, "expires": other.expires}
    with pytest.raises(UnusableLicence) as refused:
        recording.enter_licence(person=educator, state=state, acting_person=psu_officer, in_place_of=first, **facts)
    assert set(refused.value.fields) == {"expires"}


def test_a_discarded_file_forgets_its_names(district, psu_officer, educator):
    found = importing.discard(file=hand_in(district, psu_officer, full(educator)), acting_person=psu_officer)
    assert found.rows == []


def test_a_file_without_the_columns_says_what_to_do():
    with pytest.raises(UnusableList, match="must be “expires”"):
        reading.lines_of(b"person,kind,role,issued\n")


def test_a_dry_run_costs_as_many_queries_for_twenty_as_for_two(district, psu_officer):
    measured = []
    for number in (1, 2, 20):
        people = [cast.make_person(f"Educator {number} {each}", (district, Role.EDUCATOR)) for each in range(number)]
        with CaptureQueriesContext(connection) as asked:
            hand_in(district, psu_officer, *(full(person) for person in people))
        measured.append(len(asked))
    assert measured[1] == measured[2]


def test_the_command_says_what_it_would_do_does_it_and_goes_on_where_it_was(tmp_path: Path, educator, other_educator):
    path = tmp_path / "state.csv"
    path.write_text(
        HEAD + f"{full(educator)}\n{full(other_educator)}\nnobody@school.example,FULL,teacher,2024-07-01,2029-06-30\n"
    )
    for options, told in (
        (["--dry-run"], "3 lines: 2 new, 1 cannot be entered."),
        ([], "3 lines: 2 entered or brought up to date, 1 cannot be entered."),
        ([], "3 lines: 2 on record already, 1 cannot be entered."),
    ):
        out, err = StringIO(), StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("licences", "import", str(path), *options, stdout=out, stderr=err)
        assert ended.value.code == 1
        assert told in out.getvalue()
        assert "line 4: nobody@school.example" in err.getvalue()
        assert Licence.objects.exists() is (not options)
    path.write_text("person\n")
    with pytest.raises(CommandError) as misused:
        call_command("licences", "import", str(path))
    assert misused.value.returncode == 2


def test_holders_see_their_licences_and_say_what_is_wrong(client_of, educator, other_educator, state, psu_officer):
    licence, other = license_for(educator, state), license_for(other_educator, state)
    client = client_of(educator)
    assert "June 30, 2029" in text_of(client.get("/renewal/licenses/"))
    address = f"/renewal/licenses/{licence.pk}/wrong/"
    assert client.post(address, {"text": ""}).status_code == 422
    assert "I teach science too." in text_of(client.post(address, {"text": "I teach science too."}, follow=True))
    asked = CreditRequest.objects.get()
    assert (asked.status, asked.title) == (RequestStatus.SENT, "My license until June 30, 2029 is wrong")
    assert client.get(f"/renewal/licenses/{other.pk}/wrong/").status_code == 404
    assert asked.title in text_of(client_of(psu_officer).get("/renewal/desk/"))
    holding.say_wrong(licence=None, text="My license for life is missing.", acting_person=educator)
    with pytest.raises(NoSuchLicence):
        holding.say_wrong(licence=other, text="Not mine", acting_person=educator)
    with pytest.raises(MayNotAsk):
        holding.say_wrong(licence=None, text="Missing", acting_person=cast.make_person("Somebody Away"))


def test_a_licence_that_asks_for_nothing_hides_no_cycle(educator, state):
    continuing = license_for(educator, state)
    settled = license_for(educator, state, kind="LIFE", issued=date(2026, 7, 1), expires=date(2027, 6, 30))
    assert records.licence_of(educator, TODAY) == continuing
    assert records.licence_of(educator, date(2029, 7, 1)) == continuing
    continuing.delete()
    assert records.licence_of(educator, TODAY) == settled


def test_each_licence_has_a_ledger_of_its_own(client_of, educator, state):
    first = license_for(educator, state)
    second = license_for(educator, state, kind="LIFE", expires=date(2030, 6, 30))
    workshop(educator)
    client = client_of(educator)
    page = text_of(client.get("/renewal/"))
    assert "This ledger is about the license that ends on June 30, 2029." in page
    assert f"?licence={second.pk}" in page
    assert "A license for life stays." in text_of(client.get(f"/renewal/?licence={second.pk}"))
    assert f"?licence={first.pk}" in text_of(client.get(f"/renewal/?licence={second.pk}&on={TODAY}"))
    assert client.get("/renewal/?licence=999999999").status_code == 200


def test_an_office_takes_in_a_file_on_the_pages(client_of, psu_officer, educator):
    client = client_of(psu_officer)
    assert client.post(FILES, {"office": "rivertown"}).status_code == 422
    file = SimpleUploadedFile("l.csv", (HEAD + full(educator) + "\n").encode())
    page = text_of(client.post(FILES, {"office": "rivertown", "file": file}, follow=True))
    assert "1 license can be entered or brought up to date." in page
    found = LicenceFile.objects.get()
    assert "1 license entered" in text_of(client.post(f"{FILES}{found.ref}/record/", follow=True))
    assert client_of(educator).get(f"{FILES}{found.ref}/").status_code == 404
    assert client_of(educator).get(FILES).status_code == 403
    assert client.get(f"{FILES}template.csv").content.decode().startswith("person,kind,role,areas")


def test_an_office_enters_and_changes_the_licence_of_one_person(client_of, psu_officer, educator, first_assessor):
    client = client_of(psu_officer)
    found = client.get(FILES, {"person": educator.email})
    assert found.status_code == 302
    assert "No educator of yours" in text_of(client.get(FILES, {"person": first_assessor.email}))
    facts = {"kind": "FULL", "role": "teacher", "issued": "2024-07-01", "expires": "2024-06-30", "areas": "reading"}
    assert "Choose a day after July 1, 2024." in text_of(client.post(found.url, facts))
    assert client.post(found.url, {**facts, "expires": "2029-06-30"}).status_code == 302
    licence = Licence.objects.get()
    changed = {**facts, "kind": "LIFE", "expires": "2030-06-30", "areas": "", "scores": "5081=157/160"}
    assert client.post(f"{found.url}?licence={licence.pk}", changed).status_code == 302
    licence = Licence.objects.get()
    assert (licence.kind, licence.areas, licence.expires) == ("LIFE", [], date(2030, 6, 30))
    assert "5081=157/160" in text_of(client.get(f"{found.url}?licence={licence.pk}"))
    assert client.get(f"/renewal/licenses/of/{first_assessor.ref}/").status_code == 404
    with pytest.raises(NotAllowed):
        recording.enter_licence(
            person=educator, state=licence.state, acting_person=educator, kind="FULL", role="teacher",
            issued=date(2024, 7, 1), expires=date(2029, 6, 30),
        )  # fmt: skip
