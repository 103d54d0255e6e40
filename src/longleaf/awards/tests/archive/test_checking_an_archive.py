"""`longleaf archive DIR --check` finds each fault that would make a badge fail, with nothing but the folder's files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from longleaf.awards import revoking
from longleaf.awards.archive import archiving, checking, folder
from longleaf.awards.archive.errors import NotAnArchive
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.sharing import visibility
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Person
from longleaf.engines.openbadges.keys import LocalSigner
from longleaf.engines.openbadges.proving import add_proof

SOURCE = Path(__file__).resolve().parents[4]


@pytest.fixture
def root(award: Award, make_award: MakeAward, educator: Person, issuing_officer: Person, tmp_path: Path) -> Path:
    """An archive with a public badge, one by link, and one that was revoked; their private sister lies in `kept`."""
    visibility.set_visibility(award=award, visibility="public", acting_person=educator)
    make_award("attempt:ATT-2")
    revoking.revoke(award=make_award("attempt:ATT-3"), reason="Given by mistake.", acting_person=issuing_officer)
    visibility.set_visibility(award=make_award("attempt:ATT-4"), visibility="private", acting_person=educator)
    archiving.archive(folder=tmp_path / "site", private=tmp_path / "kept", acting_person=None)
    return tmp_path / "site"


def checked(root: Path, **more: Any) -> checking.Checked:
    return checking.check(root, now=more.pop("now", timezone.now()), **more)


def place_of_badge(root: Path, award: Award) -> Path:
    return root / "badges" / str(award.uuid)


def test_a_sound_archive_has_no_fault_and_its_badges_are_counted(root: Path) -> None:
    found = checked(root)
    assert found.faults == []
    assert (found.valid, found.revoked, found.out_of_date) == (2, 1, 0)
    assert found.files == len([path for path in root.rglob("*") if path.is_file()]) - 1


def test_private_badges_verify_by_the_published_archive(root: Path) -> None:
    found = checked(root.parent / "kept", documents=root)
    assert (found.faults, found.valid) == ([], 1)


def test_badges_outlive_everybody_who_made_them_but_not_their_own_dates(root: Path) -> None:
    later = timezone.now() + timedelta(days=365 * 90)
    found = checked(root, now=later)
    assert found.faults == []
    assert found.valid + found.out_of_date == 2


def test_a_badge_of_a_key_that_was_rotated_verifies(root: Path, award: Award) -> None:
    signing_keys.rotate(organisation=award.issuer, acting_person=None)
    archiving.archive(folder=root, acting_person=None)
    assert IssuingKey.objects.filter(organisation=award.issuer).count() == 2
    assert checked(root).faults == []


def _alter_name(root: Path, award: Award) -> str:
    path = place_of_badge(root, award) / "credential.json"
    path.write_text(path.read_text().replace("Erin Earner", "Eric Forger"))
    return "proof"


def _alter_picture(root: Path, award: Award) -> str:
    path = place_of_badge(root, award) / "badge.png"
    path.write_bytes(path.read_bytes()[:-20])
    return "badge.png"


def _swap_picture(root: Path, award: Award) -> str:
    other = next(path for path in (root / "badges").glob("*/badge.svg") if path.parent.name != str(award.uuid))
    (place_of_badge(root, award) / "badge.svg").write_bytes(other.read_bytes())
    return "badge.svg beside it carries another badge"


def _clear_the_list(root: Path, award: Award) -> str:
    (path,) = (root / "status").iterdir()
    listed = json.loads(path.read_text())
    listed["credentialSubject"]["encodedList"] = listed["credentialSubject"]["encodedList"][:-8] + "AAAAAAAA"
    path.write_text(json.dumps(listed))
    return "no status list that can be relied on"


def _take_the_list_away(root: Path, award: Award) -> str:
    (path,) = (root / "status").iterdir()
    path.unlink()
    return "whether it was withdrawn cannot be told"


def _take_the_keys_away(root: Path, award: Award) -> str:
    (root / "issuers" / award.issuer.slug / "did.json").unlink()
    return "proof"


def _take_a_page_away(root: Path, award: Award) -> str:
    (root / "verify/index.html").unlink()
    return "verify/index.html: it is missing"


def _take_a_hidden_file_away(root: Path, award: Award) -> str:
    hidden = Award.objects.get(occasion="attempt:ATT-2")
    (place_of_badge(root, hidden) / "qr.svg").unlink()
    return "a file that is listed nowhere: it is missing"


def _change_a_script(root: Path, award: Award) -> str:
    with (root / "verify/verifier.js").open("a") as script:
        script.write("//")
    return "verify/verifier.js: it was changed"


def _add_a_badge(root: Path, award: Award) -> str:
    """A good copy of a badge at another badge's address."""
    (root / "badges/0000").mkdir()
    for path in place_of_badge(root, award).iterdir():
        (root / "badges/0000" / path.name).write_bytes(path.read_bytes())
    return "it is the badge of another address"


def _leave_it_unfinished(root: Path, award: Award) -> str:
    lines = (root / folder.MANIFEST).read_text().splitlines(keepends=True)
    (root / folder.MANIFEST).write_text("".join(lines[:-1]))
    return "was never finished"


FAULTS = [
    _alter_name,
    _alter_picture,
    _swap_picture,
    _clear_the_list,
    _take_the_list_away,
    _take_the_keys_away,
    _take_a_page_away,
    _take_a_hidden_file_away,
    _change_a_script,
    _add_a_badge,
    _leave_it_unfinished,
]


def test_it_finds_every_kind_of_fault(root: Path, award: Award, tmp_path: Path) -> None:
    """Each damage is done to a copy of its own."""
    missed = []
    for damage in FAULTS:
        copy = Path(shutil.copytree(root, tmp_path / damage.__name__))
        said, found = damage(copy, award), checked(copy).faults
        missed += [] if any(said in fault for fault in found) else [(damage.__name__, found)]
    assert missed == []


def test_a_badge_that_somebody_else_signed_is_a_fault(root: Path, award: Award) -> None:
    """Well made, by a key of its own: proven, and not the issuer's."""
    stranger = LocalSigner.from_seed(b"\x09" * 32)
    path = place_of_badge(root, award) / "credential.json"
    unsigned = {name: value for name, value in json.loads(path.read_text()).items() if name != "proof"}
    forged = add_proof(unsigned, signer=stranger, created=datetime(2026, 3, 5, tzinfo=UTC))
    path.write_text(json.dumps(forged))
    assert any("issuer: It says it is from" in fault for fault in checked(root).faults)


def test_no_address_leads_out_of_the_archive(root: Path) -> None:
    (root.parent / "secret.json").write_text("{}")
    archived = checking.ArchivedDocuments(root, "http://testserver")
    for url in ("http://testserver/../secret.json", "http://testserver/%2e%2e/secret.json", "http://other/index.json"):
        with pytest.raises(checking.DocumentUnavailable):
            archived.load(url)


def test_a_folder_of_something_else_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive):
        checked(tmp_path)
    head = json.dumps({"format": folder.FORMAT, "home": "http://testserver", "complete": True})
    for text in ("[]", "{", '{"format": "zip"}', head + '\n{"sha256": 5}', head + '\n{"sha256": "00", "hidden": "zz"}'):
        (tmp_path / folder.MANIFEST).write_text(f"{text}\n")
        with pytest.raises(NotAnArchive):
            checked(tmp_path)


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_archives_and_says_what(root: Path, tmp_path: Path, state_officer: Person) -> None:
    out = StringIO()
    call_command("archive", str(tmp_path / "again"), by=state_officer.email.upper(), stdout=out)
    assert "3 of 3 badges" in out.getvalue()
    assert "1 badge that may be listed, 2 by link only." in out.getvalue()
    assert "1 private badge not written. Name a folder for them with --private." in out.getvalue()


@pytest.mark.parametrize(("email", "said"), [("nobody@school.example", "Nobody is enrolled"), (None, "is no archive")])
def test_the_command_refuses_with_a_reason(root: Path, tmp_path: Path, email: str | None, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("archive", str(tmp_path), by=email, stdout=StringIO())


def test_the_check_needs_no_installation_and_its_exit_code_tells(root: Path, award: Award) -> None:
    done = real_command(root.parent, str(root), "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 valid badges, 1 revoked, 0 out of date; 0 faults." in done.stdout
    kept = real_command(root.parent, str(root), "--check", "--private", str(root.parent / "kept"))
    assert (kept.returncode, "1 valid badge" in kept.stdout) == (0, True)
    _alter_name(root, award)
    done = real_command(root.parent, str(root), "--check")
    assert done.returncode == 1
    assert "credential.json" in done.stderr


def test_any_verifier_can_work_by_its_index(root: Path, award: Award) -> None:
    arguments = [str(place_of_badge(root, award) / "badge.png"), "--documents", str(root), "--json"]
    done = real_command(root.parent, *arguments, command="verify")
    assert json.loads(done.stdout)["verdict"] == "valid"


def real_command(place: Path, *arguments: str, command: str = "archive") -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, far from any database of ours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment: dict[str, Any] = {**kept, "PYTHONPATH": str(SOURCE), "LONGLEAF_VAR": str(place / "var")}
    return subprocess.run(
        [sys.executable, "-c", "from longleaf.config.command_line import main; main()", command, *arguments],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_token_beside_a_badge_must_be_good_and_of_that_badge(root: Path, award: Award) -> None:
    place = place_of_badge(root, award)
    token = (place / "credential.jwt").read_text(encoding="ascii")
    header, payload, _signature = token.split(".")
    other = next(each for each in sorted((root / "badges").glob("*/credential.jwt")) if each.parent != place)
    for text, fault in [
        (f"{header}.{payload}.{'A' * 86}", "credential.jwt beside it is not good."),
        (other.read_text(encoding="ascii"), "credential.jwt beside it is of another badge."),
    ]:
        (place / "credential.jwt").write_text(text, encoding="ascii")
        assert any(fault in each for each in checked(root).faults)


def test_an_archive_of_before_there_were_tokens_is_sound(root: Path, award: Award) -> None:
    (place_of_badge(root, award) / "credential.jwt").unlink()
    assert not [each for each in checked(root).faults if "beside it" in each]
