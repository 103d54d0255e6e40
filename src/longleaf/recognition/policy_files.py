"""Policy documents, local overlays and records in files: reading them, and checking all of a folder. No database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from longleaf.engines.documents import DocumentError, Mistake
from longleaf.engines.policy import Policy, check_examples, overlaid, policy_from_document

SUFFIXES = (".yaml", ".yml", ".json")
POLICY_FOLDER = "policy"


class UnusableFile(Exception):
    """A file that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Checked:
    """One policy document or overlay of a folder, with every mistake; `examples` is how many test cases it carries."""

    file: Path
    mistakes: tuple[Mistake, ...]
    examples: int = 0


def read_document(file: Path) -> Mapping[str, Any]:
    """The mapping that a YAML or JSON file holds. Raises `UnusableFile`."""
    try:
        text = file.read_text(encoding="utf-8")
        found = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
    except OSError as problem:
        raise UnusableFile(f"{file} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise UnusableFile(f"{file} is not written in UTF-8.") from None
    except (yaml.YAMLError, ValueError) as problem:
        raise UnusableFile(f"{file} is neither YAML nor JSON: {' '.join(str(problem).split())}.") from None
    if not isinstance(found, Mapping):
        raise UnusableFile(f"{file} holds no mapping of names to values.")
    return found


def read_policy(file: Path, overlay: Path | None = None) -> Policy:
    """The policy of a file, with a local document laid over it where one is given.

    Raises `UnusableFile`, and `DocumentError` with every mistake.
    """
    policy = policy_from_document(read_document(file))
    return overlaid(policy, read_document(overlay)) if overlay else policy


def check(folder: Path, over: Sequence[Path] = ()) -> list[Checked]:
    """Read every policy document and overlay below a folder and run its examples, in the order of their names.

    Overlays are laid over the policy that they name, found in the same folder or among the files `over`. Other files,
    such as the rest of a state pack, are passed by.
    """
    found = dict(_documents(folder))
    readable = [each for each in found.values() if not isinstance(each, UnusableFile)]
    bases = _bases([*map(read_document, over), *(each for each in readable if not _overlay(each))])
    return [_checked(file, document, bases) for file, document in found.items()]


def _checked(file: Path, document: Mapping[str, Any] | UnusableFile, bases: Mapping[str, Policy]) -> Checked:
    if isinstance(document, UnusableFile):
        return Checked(file, (Mistake("", str(document)),))
    try:
        policy = _policy(document, bases)
    except DocumentError as error:
        return Checked(file, error.mistakes)
    except LookupError as error:
        return Checked(file, (Mistake("overlay_of", str(error.args[0])),))
    listed = document.get("examples")
    return Checked(file, tuple(check_examples(policy)), len(listed) if isinstance(listed, list) else 0)


def _policy(document: Mapping[str, Any], bases: Mapping[str, Policy]) -> Policy:
    if not _overlay(document):
        return policy_from_document(document)
    name = document["overlay_of"]
    if name not in bases:
        raise LookupError(f"No policy “{name}” that could be read lies in this folder; name its file with --over.")
    return overlaid(bases[name], document)


def _bases(documents: Iterable[Mapping[str, Any]]) -> dict[str, Policy]:
    """The policies that overlays may be laid over; one that is wrong is told of where it is checked itself."""
    found: dict[str, Policy] = {}
    for document in documents:
        try:
            policy = policy_from_document(document)
        except DocumentError:
            continue
        found[policy.id] = policy
    return found


def _documents(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any] | UnusableFile]]:
    for file in sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file()):
        # In a folder of that name every file is meant as a policy, also one that does not look like it any more.
        meant = POLICY_FOLDER in file.relative_to(folder.parent).parts[:-1]
        try:
            document = read_document(file)
        except UnusableFile as problem:
            if meant:
                yield file, problem
            continue
        if meant or _overlay(document) or "jurisdiction" in document:
            yield file, document


def _overlay(document: Mapping[str, Any]) -> bool:
    return "overlay_of" in document
