"""`longleaf verify`: named steps, one JSON form, and exit codes that scripts can count on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from longleaf.awards import revoking, status_lists
from longleaf.awards.contents.achievements import did_document
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures
from longleaf.awards.verification import reports as reading_reports
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges import baking, building, hosted, report
from longleaf.engines.openbadges.keys import LocalSigner
from longleaf.engines.openbadges.proving import add_proof

STEPS = ["format", "proof", "issuer", "status", "validity", "recognition"]
SOURCE = Path(__file__).resolve().parents[4]
REPOSITORY = SOURCE.parent
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            call_command("verify", *map(str, arguments))
        return int(str(ended.value.code)), capsys.readouterr().out

    return command


@pytest.fixture
def folder(award: Award, issuer: Organisation, tmp_path: Path) -> Path:
    """What a machine without a network needs to check this badge."""
    assert award.status_list is not None
    assert award.credential is not None
    documents = {
        "https://testserver/issuers/prairie-institute/did.json": ("did.json", did_document(issuer)),
        award.credential["credentialStatus"]["statusListCredential"]: (
            "lists/list.json",
            status_lists.current(status_list=award.status_list),
        ),
        award.credential["id"]: ("badge.json", award.credential),
    }
    (tmp_path / "lists").mkdir()
    for name, document in documents.values():
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    index = {address: name for address, (name, _) in documents.items()}
    (tmp_path / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return tmp_path


def test_a_valid_badge_exits_with_0_and_names_every_step(award: Award, tmp_path: Path, run: Run) -> None:
    (tmp_path / "badge.json").write_text(json.dumps(award.credential), encoding="utf-8")
    code, out = run(tmp_path / "badge.json", "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["verdict", "steps", "recognition"]
    assert found["verdict"] == "valid"
    assert [list(step) for step in found["steps"]] == [["step", "outcome", "reason"]] * 6
    assert [step["step"] for step in found["steps"]] == STEPS


@pytest.mark.parametrize("baked", [pictures.baked_png, pictures.baked_svg])
def test_it_reads_baked_pictures(award: Award, tmp_path: Path, run: Run, baked: Callable[[Award], bytes]) -> None:
    (tmp_path / "badge").write_bytes(baked(award))
    assert run(tmp_path / "badge")[0] == 0


def test_without_json_it_speaks_to_people(award: Award, tmp_path: Path, run: Run) -> None:
    (tmp_path / "badge.json").write_text(json.dumps(award.credential), encoding="utf-8")
    code, out = run(tmp_path / "badge.json")
    assert code == 0
    assert out.startswith("This badge is valid. Every step that decides was checked and passed.")
    assert all(step in out for step in STEPS)


def test_our_own_address_needs_no_network(award: Award, run: Run) -> None:
    assert run(f"http://testserver/badges/{award.uuid}/credential.json")[0] == 0
    assert run(f"http://testserver/badges/{award.uuid}/")[0] == 0


def test_a_private_badge_is_not_read_by_its_address(award: Award, run: Run) -> None:
    Award.objects.update(visibility="private")
    code, out = run(f"http://testserver/badges/{award.uuid}/", "--json")
    assert code == 3
    assert award.earner_name not in out


def test_an_altered_badge_exits_with_1(award: Award, tmp_path: Path, run: Run) -> None:
    (tmp_path / "badge.json").write_text(json.dumps({**(award.credential or {}), "name": "Another"}), encoding="utf-8")
    code, out = run(tmp_path / "badge.json", "--json")
    assert (code, json.loads(out)["verdict"]) == (1, "invalid")


@pytest.mark.parametrize("content", [b"", b"not a badge", b"{", b"{}", b"\x89PNG\r\n\x1a\n", b"<svg", b"\xff\xfe"])
def test_what_is_no_badge_exits_with_1(tmp_path: Path, run: Run, db: None, content: bytes) -> None:
    (tmp_path / "badge").write_bytes(content)
    assert run(tmp_path / "badge", "--json")[0] == 1


def test_a_revoked_badge_exits_with_1_and_says_why(
    award: Award, issuing_officer: Person, tmp_path: Path, run: Run
) -> None:
    revoking.revoke(award=award, reason="The recording shows another class.", acting_person=issuing_officer)
    (tmp_path / "badge.json").write_text(json.dumps(award.credential), encoding="utf-8")
    code, out = run(tmp_path / "badge.json")
    assert code == 1
    assert "The recording shows another class." in out


def test_an_issuer_that_cannot_be_reached_exits_with_3(award: Award, tmp_path: Path, run: Run) -> None:
    (tmp_path / "badge.json").write_text(json.dumps(award.credential), encoding="utf-8")
    (tmp_path / "index.json").write_text("{}", encoding="utf-8")
    code, out = run(tmp_path / "badge.json", "--documents", tmp_path, "--json")
    found = {step["step"]: step["outcome"] for step in json.loads(out)["steps"]}
    assert (code, json.loads(out)["verdict"]) == (3, "unknown")
    assert (found["format"], found["proof"], found["status"]) == ("passed", "not_checked", "not_checked")


def test_an_address_that_gives_nothing_exits_with_3(run: Run, db: None) -> None:
    code, out = run("http://169.254.169.254/badge.json", "--json")
    found = json.loads(out)
    assert (code, found["verdict"]) == (3, "unknown")
    assert "no public document has" in found["steps"][0]["reason"]


def test_a_folder_takes_the_place_of_the_network(award: Award, folder: Path, run: Run) -> None:
    assert award.credential is not None
    Award.objects.update(visibility="private")
    assert run(folder / "badge.json", "--documents", folder)[0] == 0
    assert run(award.credential["id"], "--documents", folder)[0] == 0
    assert run("https://elsewhere.example/badge.json", "--documents", folder)[0] == 3


def test_an_index_names_files_in_its_folder_or_beside_it_and_no_others(award: Award, folder: Path, run: Run) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "index.json").write_text(
        json.dumps(
            {
                **{address: f"../{name}" for address, name in json.loads((folder / "index.json").read_text()).items()},
                "https://x.example/": "../../outside.json",
                "https://y.example/": "/etc/hostname",
            }
        ),
        encoding="utf-8",
    )
    (folder.parent / "outside.json").write_text(json.dumps(award.credential), encoding="utf-8")
    assert run(folder / "badge.json", "--documents", inner)[0] == 0
    for address in ("https://x.example/", "https://y.example/"):
        code, out = run(address, "--documents", inner, "--json")
        assert code == 3
        assert "neither in the folder nor beside it" in out


def test_a_file_that_never_ends_is_read_to_a_bound(run: Run, db: None) -> None:
    code, out = run("/dev/zero", "--json")
    assert code == 1
    assert "larger than 10 MB" in out


@pytest.mark.official
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("1edtech-impl-guide/clr-signed.json", 0),
        ("1edtech-validator/clr-complex_v1.json", 0),
        ("1edtech-validator/endorsement-valid.json", 0),
        ("1edtech-validator/simple-json.svg", 0),
        ("1edtech-validator/bitstring/testlist", 0),
        ("1edtech-validator/bitstring/credential-status-revoked.json", 1),
        ("1edtech-validator/simple-jwt.png", 1),
        ("dcc-verifier-core/v2Expired.json", 1),
        ("dcc-verifier-core/v2Revoked.json", 1),
        ("dcc-verifier-core/safeModeBreaker.json", 3),
    ],
)
def test_the_published_samples_get_their_due_exit_code(name: str, code: int, run: Run) -> None:
    vectors = REPOSITORY.parent / "shared/vectors"
    if not vectors.is_dir():
        pytest.skip(f"The published samples are not here: {vectors} is missing.")
    assert run(vectors / name, "--documents", vectors / "docs", "--at", "2026-11-22")[0] == code


def hosted_badge(folder: Path, **changes: str) -> Path:
    """An Open Badges 2.0 badge in a picture, and a folder with what its issuer publishes."""
    places = {name: f"https://old.example/{name}" for name in ("assertion", "badge_class", "issuer")}
    addresses = hosted.Addresses(**places)
    issuer = building.Issuer(id="https://old.example", name="Old", url="https://old.example")
    image = building.Image(url="https://old.example/badge.png")
    achievement = building.Achievement(id="urn:a", name="A", description="D", criteria="C", image=image)
    identity = building.Identity.of_email("ana@school.example", salt="s")
    made = building.Credential(
        id="urn:c",
        name="A",
        issuer=issuer,
        achievement=achievement,
        subject=building.Subject(identities=(identity,)),
        valid_from=datetime(2026, 3, 1, tzinfo=UTC),
    )
    published = {
        "assertion": hosted.assertion(made, addresses=addresses),
        "badge_class": hosted.badge_class(achievement, addresses=addresses),
        "issuer": hosted.issuer_profile(issuer, addresses=addresses),
    }
    for name, document in published.items():
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    (folder / "index.json").write_text(json.dumps({place: name for name, place in places.items()}), encoding="utf-8")
    carried = json.dumps({**published["assertion"], **changes})
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'
    (folder / "badge.svg").write_bytes(baking.bake_svg(picture, carried, form=baking.OPEN_BADGES_2))
    return folder / "badge.svg"


def test_an_open_badges_2_picture_is_verified_without_a_network(tmp_path: Path, run: Run) -> None:
    badge = hosted_badge(tmp_path)
    code, out = run(badge, "--documents", tmp_path, "--json")
    assert (code, [step["step"] for step in json.loads(out)["steps"]]) == (0, STEPS)
    assert run(hosted_badge(tmp_path, narrative="Better."), "--documents", tmp_path)[0] == 1


def test_it_verifies_as_of_a_time(award: Award, folder: Path, run: Run) -> None:
    early = run(folder / "badge.json", "--documents", folder, "--at", "2026-03-04T04:59:59Z", "--json")
    assert early[0] == 1
    assert next(step for step in json.loads(early[1])["steps"] if step["step"] == "validity")["outcome"] == "failed"
    assert run(folder / "badge.json", "--documents", folder, "--at", "2030-01-01")[0] == 0


def test_a_badge_of_somebody_else_is_verified_on_a_machine_without_a_database(folder: Path, tmp_path: Path) -> None:
    """A did:key issuer with no status list, made on the spot; checked by the real command in a folder of its own."""
    original = json.loads((folder / "badge.json").read_text(encoding="utf-8"))
    signer = LocalSigner.from_seed(b"\x07" * 32)
    unsigned = {name: value for name, value in original.items() if name not in ("proof", "credentialStatus")}
    unsigned["issuer"] = {**unsigned["issuer"], "id": signer.verification_method.partition("#")[0]}
    signed = add_proof(unsigned, signer=signer, created=datetime(2026, 3, 5, tzinfo=UTC))
    (folder / "other.json").write_text(json.dumps(signed), encoding="utf-8")
    arguments = [str(folder / "other.json"), "--json"]
    for more in ([], ["--documents", str(folder)]):
        done = real_command(tmp_path, *arguments, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["verdict"] == "valid"


def test_every_step_has_a_title_in_words_for_people() -> None:
    assert list(reading_reports.TITLES) == [*report.STEPS, report.MEMBERS, report.ENDORSEMENTS]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "FILE|URL"),
        (["no-such-file.json"], "cannot be read"),
        (["x.json", "--documents", "no-such-folder"], "must map each address to a file beside it"),
        (["x.json", "--at", "yesterday"], "is not a time"),
        (["x.json", "--loudly"], "--loudly"),
    ],
)
def test_misuse_exits_with_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = real_command(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def real_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment: dict[str, Any] = {**kept, "PYTHONPATH": str(SOURCE), "LONGLEAF_VAR": str(folder / "var")}
    return subprocess.run(
        [sys.executable, "-c", "from longleaf.config.command_line import main; main()", "verify", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
