"""`consent-form.yaml`: what people sign before work, pictures, sound or film that show them are brought as evidence."""

from __future__ import annotations

from enum import StrEnum

from longleaf.states.parts.values import Language, Part, Sourced, Text


class SignedBy(StrEnum):
    GUARDIAN = "guardian"
    STUDENT = "student"
    ADULT = "adult"


class Question(Part):
    """Something to tick on paper."""

    text: Text
    options: tuple[Text, ...]


class ConsentForm(Sourced):
    """A form in one language for one kind of signer.

    In its words `{educator}`, `{micro_credential}`, `{title}`, `{issuer}` and `{state}` stand for what they name;
    `lines` are followed by room to write, and `number` by the person's number in the log.
    """

    signed_by: SignedBy
    language: Language
    language_name: Text
    title: Text
    introduction: Text
    points: tuple[Text, ...]
    number: Text
    questions: tuple[Question, ...] = ()
    lines: tuple[Text, ...]


class ConsentForms(Part):
    forms: tuple[ConsentForm, ...]
