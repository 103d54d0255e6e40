"""The table of organisations is read as the file of organisations would be, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from longleaf.states.checking import check_pack
from longleaf.states.errors import Mistake
from longleaf.states.parts import OrganisationKind, OrganisationRole, Standing
from longleaf.states.reading import read_pack
from longleaf.states.tests.packs import Copy, copy_of_example

NAMES = (
    "code,slug,name,kind,roles,county,county_code,region,locale,locale_standing,tier_2025,tier_2025_standing,standing"
)
SECOND = (
    "002,second,Second District,district,employer recognizer,Sample,99001,north,rural,inferred,2,synthetic,synthetic"
)
THIRD = '003,third,"Third, Last District",district,employer,Sample,99003,north,urban,inferred,1,synthetic,synthetic'


@pytest.fixture
def pack(tmp_path: Path) -> Copy:
    return copy_of_example(tmp_path)


def _told(pack: Copy, *lines: str) -> list[Mistake]:
    pack.write("organisations.csv", "\n".join(lines) + "\n")
    return check_pack(pack.directory)


def test_it_reads_a_line_as_an_organisation_with_its_place(pack: Copy) -> None:
    assert _told(pack, NAMES, SECOND, THIRD) == []
    second, third = read_pack(pack.directory).organisations[-2:]
    assert (second.code, second.kind, third.name) == ("002", OrganisationKind.DISTRICT, "Third, Last District")
    assert second.roles == (OrganisationRole.EMPLOYER, OrganisationRole.RECOGNIZER)
    assert second.place is not None
    assert (second.place.region, second.place.locale_standing) == ("north", Standing.INFERRED)
    assert [(it.year, it.tier) for it in second.place.tiers] == [(2025, 2)]


def test_it_tells_the_line_of_a_wrong_cell(pack: Copy) -> None:
    told = _told(pack, NAMES, SECOND, THIRD.replace("1,synthetic", "poor,synthetic", 1))
    reason = "This must be a whole number, without quotes."
    assert told == [Mistake("organisations.csv", 3, "organisations[1].place.tiers[0].tier", reason)]


def test_it_notices_a_zero_that_a_spreadsheet_cut_off(pack: Copy) -> None:
    reason = "The code 2 is shorter than the others; a spreadsheet may have cut off its zeros."
    told = _told(pack, NAMES, SECOND.replace("002", "2"), THIRD)
    assert told == [Mistake("organisations.csv", 2, "organisations[0].code", reason)]


def test_it_tells_an_unknown_column_once(pack: Copy) -> None:
    told = _told(pack, f"{NAMES},mascot", f"{SECOND},owl", f"{THIRD},bear")
    assert [(it.line, it.reason[:33]) for it in told] == [(1, "The column “mascot” is not known;")]


def test_it_refuses_a_column_that_stands_twice(pack: Copy) -> None:
    told = _told(pack, f"{NAMES},name", f"{SECOND},Second")
    assert told == [Mistake("organisations.csv", 1, "", "The column “name” stands here twice; keep one.")]


def test_it_counts_the_cells_of_a_line(pack: Copy) -> None:
    told = _told(pack, NAMES, SECOND, THIRD.replace('"', ""))
    assert (told[0].line, told[0].reason[:68]) == (
        3,
        "The line has 14 cells where the first line names 13 columns; add or ",
    )


def test_it_looks_for_a_quotation_mark_that_is_not_closed(pack: Copy) -> None:
    [told] = _told(pack, NAMES, THIRD.replace('District"', "District"))
    assert told.reason.endswith("Look for a quotation mark that is not closed.")


def test_it_finds_a_code_that_the_other_file_has(pack: Copy) -> None:
    reason = "“001” is already used in organisations.yaml, line 19; each needs its own."
    told = _told(pack, NAMES, SECOND.replace("002", "001"))
    assert told == [Mistake("organisations.csv", 2, "organisations[0].code", reason)]


def test_it_asks_for_utf_8(pack: Copy) -> None:
    (pack.directory / "organisations.csv").write_bytes("name\nPeña".encode("latin-1"))
    reason = "The file is not UTF-8 text (byte 7); export it again as “CSV UTF-8”."
    assert check_pack(pack.directory) == [Mistake("organisations.csv", None, "", reason)]
