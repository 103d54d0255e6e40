"""Reading an archive back: every file by its digest, every badge by our engine, with documents from nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from longleaf.awards.archive.errors import NotAnArchive
from longleaf.awards.archive.folder import (
    MANIFEST,
    digest_of_file,
    digest_of_name,
    head_of,
    own_files,
    read_manifest,
)
from longleaf.awards.archive.places import inside
from longleaf.awards.verification.documents import FirstOf, Loaded, PinnedContexts
from longleaf.engines.openbadges import reading, status
from longleaf.engines.openbadges.errors import CheckFailed, DocumentUnavailable, UnreadableMaterial
from longleaf.engines.openbadges.report import Outcome, Report
from longleaf.engines.openbadges.verifying import verify

CREDENTIAL = "credential.json"
JWT = "credential.jwt"
PICTURES = ("badge.png", "badge.svg")
# These must pass of every badge. Status and dates may speak against one, as they should, but must be known.
ALWAYS = ("format", "proof", "issuer")
_KNOWN = (Outcome.PASSED, Outcome.FAILED)
_LISTS_KEPT = 16


@dataclass
class Checked:
    """What an archive holds, and every fault as a sentence that begins with the file's name."""

    files: int = 0
    valid: int = 0
    revoked: int = 0
    out_of_date: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.faults


def check(root: Path, *, now: datetime, documents: Path | None = None) -> Checked:
    """Check an archive against its manifest and each badge as of `now`. No database and no network is asked.

    `documents` is the published archive where `root` holds private badges, which verify by its keys and lists.
    Raises `NotAnArchive`.
    """
    checked = Checked()
    home = head_of(root)["home"]
    checked.faults += _faults_of_files(root, checked)
    archived = ArchivedDocuments((documents or root).resolve(), home)
    if documents is None:
        checked.faults += _faults_of_lists(root, archived, now)
    for path in sorted((root / "badges").glob(f"*/{CREDENTIAL}")):
        fault = _fault_of_badge(path, home, archived, now, checked)
        checked.faults += [f"{path.relative_to(root)}: {fault}"] if fault else []
    return checked


@dataclass(frozen=True)
class ArchivedDocuments:
    """Answers the engine's `Loader` out of an archive: an address of the old host is the file in its place."""

    root: Path
    home: str

    def load(self, url: str) -> Loaded:
        asked, home = urlsplit(url), urlsplit(self.home)
        # A did:web leads to https even where the old host was plain http.
        if asked.netloc.lower() != home.netloc.lower() or not asked.path.startswith(f"{home.path}/"):
            raise DocumentUnavailable(url, "it is not part of the archive, and nobody else is asked.")
        path = inside(self.root, unquote(asked.path).removeprefix(f"{home.path}/"))
        if path is None:
            raise DocumentUnavailable(url, "the archive has no such file.")
        return path.read_bytes()


def _faults_of_files(root: Path, checked: Checked) -> Iterator[str]:
    """What is missing, changed, or there without standing in the manifest."""
    wanted, is_finished = _digests(root)
    if not is_finished:
        yield f"{MANIFEST}: the archive was never finished. Run `longleaf archive` again."
    for name in own_files(root):
        checked.files += 1
        digest = wanted.pop(digest_of_name(name), None)
        if digest is None:
            yield f"{name}: it does not stand in the manifest."
        elif digest_of_file(root / name) != digest:
            yield f"{name}: it was changed since the archive was made."
    for line in read_manifest(root) if wanted else ():
        if "sha256" in line and _key(line, root) in wanted:
            yield f"{line.get('file', 'a file that is listed nowhere')}: it is missing."


def _digests(root: Path) -> tuple[dict[bytes, bytes], bool]:
    """What the manifest says of each file, and whether it was written to its end."""
    wanted, line = {}, {}
    is_complete = head_of(root).get("complete") is True
    for line in read_manifest(root):
        if "sha256" in line:
            key = _key(line, root)
            wanted[key] = bytes.fromhex(line["sha256"])
    return wanted, is_complete and "end" in line


def _key(line: Mapping[str, Any], root: Path) -> bytes:
    try:
        bytes.fromhex(line["sha256"])
        return bytes.fromhex(line["hidden"]) if "hidden" in line else digest_of_name(line["file"])
    except (AttributeError, LookupError, TypeError, ValueError):
        raise NotAnArchive(f"{root} is no sound archive: a line of its {MANIFEST} names no file.") from None


def _faults_of_lists(root: Path, archived: ArchivedDocuments, now: datetime) -> Iterator[str]:
    for path in sorted(each for each in (root / "status").glob("*") if each.is_file()):
        report = verify(path.read_bytes(), documents=_loader(archived), now=now)
        if report.verdict != "valid" or _id_of(report) != f"{archived.home}/status/{path.name}":
            yield f"status/{path.name}: it is no status list that can be relied on. {_reasons(report)}"


def _fault_of_badge(path: Path, home: str, archived: ArchivedDocuments, now: datetime, checked: Checked) -> str:
    report = verify(path.read_bytes(), documents=_loader(archived), now=now)
    outcomes = {step.step: step.outcome for step in report.steps}
    if any(outcomes[name] is not Outcome.PASSED for name in ALWAYS):
        return _reasons(report)
    if outcomes["status"] not in _KNOWN or _is_revoked(report, archived) != (outcomes["status"] is Outcome.FAILED):
        return f"whether it was withdrawn cannot be told. {report.step('status').reason}"
    if _id_of(report) != f"{home}/badges/{path.parent.name}/{CREDENTIAL}":
        return "it is the badge of another address."
    if outcomes["status"] is Outcome.FAILED:
        checked.revoked += 1
    elif outcomes["validity"] is Outcome.FAILED:
        checked.out_of_date += 1
    else:
        checked.valid += 1
    return _fault_of_pictures(path) or _fault_of_token(path, archived, now)


def _fault_of_pictures(path: Path) -> str:
    credential = json.loads(path.read_bytes())
    for name in PICTURES:
        try:
            carried = reading.read((path.parent / name).read_bytes()).credential
        except (OSError, UnreadableMaterial) as problem:
            return f"{name} beside it carries no badge. {problem}"
        if carried != credential:
            return f"{name} beside it carries another badge."
    return ""


def _fault_of_token(path: Path, archived: ArchivedDocuments, now: datetime) -> str:
    """Of the token beside a badge, which archives of before did not hold."""
    token = path.with_name(JWT)
    if not token.exists():
        return ""
    report = verify(token.read_bytes(), documents=_loader(archived), now=now)
    if any(report.step(name).outcome is not Outcome.PASSED for name in ALWAYS):
        return f"{JWT} beside it is not good. {_reasons(report)}"
    badge = {name: member for name, member in json.loads(path.read_bytes()).items() if name != "proof"}
    return "" if report.credential == badge else f"{JWT} beside it is of another badge."


def _is_revoked(report: Report, archived: ArchivedDocuments) -> bool:
    """Whether the bit itself is set: a status step may fail for other reasons, and those are faults."""
    assert report.credential is not None, "what was proven could be read"
    entry = report.credential.get("credentialStatus")
    if not entry:
        return False
    try:
        return status.bit(_bits(archived, entry["statusListCredential"]), status.index_of(entry))
    except (CheckFailed, DocumentUnavailable, UnreadableMaterial, LookupError, TypeError):
        return False


@lru_cache(maxsize=_LISTS_KEPT)
def _bits(archived: ArchivedDocuments, address: str) -> bytes:
    loaded = archived.load(address)
    listed = reading.read_object(loaded) if isinstance(loaded, bytes) else loaded
    return status.decoded(listed["credentialSubject"]["encodedList"])


def _loader(archived: ArchivedDocuments) -> FirstOf:
    return FirstOf((PinnedContexts(), archived))


def _id_of(report: Report) -> object:
    return report.credential.get("id") if report.credential else None


def _reasons(report: Report) -> str:
    against = [step for step in report.steps[:-1] if step.outcome is not Outcome.PASSED]
    return " ".join(f"{step.step}: {step.reason}" for step in against[:2])
