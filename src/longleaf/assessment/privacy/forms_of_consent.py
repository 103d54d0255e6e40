"""What people sign, on paper, before work, pictures, sound or film that show them are brought as evidence.

The words are the state's (`consent-form.yaml`); where it has none, ours stand in, and the page says that they are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longleaf.assessment.models import Attempt
    from longleaf.directory.models import State

# What the words of a form may name in braces.
NAMED = ("educator", "micro_credential", "title", "issuer", "state")
RECONSTRUCTED = "reconstructed"
SIGNERS: Mapping[str, str] = {
    "guardian": "A parent or guardian",
    "student": "The student, beside a parent or guardian",
    "adult": "An adult who is shown",
}


@dataclass(frozen=True)
class Form:
    """A form with its words filled in. `standing` says how sure the wording is."""

    signed_by: str
    language: str
    language_name: str
    title: str
    introduction: str
    points: Sequence[str]
    number: str
    questions: Sequence[Mapping[str, Any]]
    lines: Sequence[str]
    standing: str
    note: str

    @property
    def key(self) -> str:
        return f"{self.signed_by}-{self.language}"

    @property
    def label(self) -> str:
        return f"{SIGNERS[self.signed_by]} ({self.language_name})"


def forms_for(attempt: Attempt) -> list[Form]:
    """Every form of the attempt's state, filled in; ours where it has none."""
    state = attempt.micro_credential.state
    words = _words(attempt, state)
    return [_filled(told, words) for told in state.consent_forms or OURS]


def chosen(forms: Sequence[Form], key: str) -> Form:
    """The form that somebody asked for, or the first."""
    return next((each for each in forms if each.key == key), forms[0])


def _words(attempt: Attempt, state: State) -> dict[str, str]:
    def word(code: str, usual: str) -> str:
        return str(state.words.get(code, {}).get("one", usual))

    return {
        "educator": word("educator", "educator"),
        "micro_credential": word("micro_credential", "micro-credential"),
        "title": attempt.version.labelled_title,
        "issuer": attempt.micro_credential.issuer.name,
        "state": state.name,
    }


def _filled(told: Mapping[str, Any], words: Mapping[str, str]) -> Form:
    return Form(
        signed_by=told["signed_by"],
        language=told["language"],
        language_name=told["language_name"],
        title=told["title"],
        introduction=_with(words, told["introduction"]),
        points=[_with(words, each) for each in told["points"]],
        number=told["number"],
        questions=told.get("questions", []),
        lines=told["lines"],
        standing=told["standing"],
        note=told.get("note", ""),
    )


def _with(words: Mapping[str, str], text: str) -> str:
    """The text with what stands in braces named. Nothing but names is looked up: no attribute, no format."""
    pieces = Formatter().parse(text)
    return "".join(before + (words.get(name, "") if name is not None else "") for before, name, _, _ in pieces)


OURS: Sequence[Mapping[str, Any]] = [
    {
        "signed_by": "guardian",
        "language": "en",
        "language_name": "English",
        "title": "Consent for a student to be shown in evidence",
        "introduction": (
            "Somebody at this school, as {educator}, works toward the {micro_credential} “{title}” of {issuer}. Work, "
            "pictures, sound or film of lessons are brought as evidence."
        ),
        "points": [
            "Those who judge it see it, for {issuer} or, in an appeal, for {state}. They do not learn who is shown, or "
            "at which school.",
            "A coach or a colleague who is asked for help, or with whom the work is made, may see it too.",
            "It is shown to nobody else, unless this is agreed to once more below.",
            "Consent can be taken back at any time, without a reason, by telling the school. It is out of sight at "
            "once.",
            "This form stays at the school.",
        ],
        "number": "Number in the log, written by the school: Student",
        "questions": [
            {
                "text": "I agree that this student is shown in:",
                "options": ["written work", "pictures", "sound", "film"],
            },
            {
                "text": "I also agree that it may be shown, without names, to people who learn to judge such work:",
                "options": ["yes", "no"],
            },
            {
                "text": "I also agree that it may be shown with the badge, where anybody can see it:",
                "options": ["yes", "no"],
            },
        ],
        "lines": ["Name of the student", "Signature of the parent or guardian", "Date"],
        "standing": RECONSTRUCTED,
        "note": "",
    },
    {
        "signed_by": "student",
        "language": "en",
        "language_name": "English",
        "title": "I agree to be shown",
        "introduction": (
            "Somebody who teaches you wants to show how they teach. They want to use your work, or pictures, sound or "
            "film in which you are."
        ),
        "points": [
            "People who judge their work see it. They do not learn your name or your school.",
            "Somebody whom they ask for help, such as another teacher, may see it too.",
            "You can say no. Nothing happens to you, and your grades do not change.",
            "You can change your mind at any time. Tell an adult at school, and it is out of sight at once.",
        ],
        "number": "Number in the log, written by the school: Student",
        "questions": [
            {"text": "I agree:", "options": ["yes", "no"]},
            {
                "text": "I also agree that people who learn to judge such work may see it, without my name:",
                "options": ["yes", "no"],
            },
        ],
        "lines": ["My name", "My signature", "Date"],
        "standing": RECONSTRUCTED,
        "note": "",
    },
    {
        "signed_by": "adult",
        "language": "en",
        "language_name": "English",
        "title": "Consent to be shown in evidence",
        "introduction": (
            "Somebody at this school, as {educator}, works toward the {micro_credential} “{title}” of {issuer}. "
            "Pictures, sound or film in which you can be recognized are brought as evidence."
        ),
        "points": [
            "Those who judge it see it, for {issuer} or, in an appeal, for {state}. They do not learn who is shown, or "
            "at which school.",
            "A coach or a colleague who is asked for help, or with whom the work is made, may see it too.",
            "Consent can be taken back at any time, without a reason, by telling the school. It is out of sight at "
            "once.",
            "This form stays at the school.",
        ],
        "number": "Number in the log, written by the school: Person",
        "questions": [
            {
                "text": "I also agree that it may be shown, without names, to people who learn to judge such work:",
                "options": ["yes", "no"],
            },
            {
                "text": "I also agree that it may be shown with the badge, where anybody can see it:",
                "options": ["yes", "no"],
            },
        ],
        "lines": ["Name", "Signature", "Date"],
        "standing": RECONSTRUCTED,
        "note": "",
    },
]
