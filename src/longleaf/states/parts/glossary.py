"""`glossary.yaml`: what words mean here."""

from __future__ import annotations

from longleaf.states.parts.values import Part, Slug, Sourced, Text


class Term(Sourced):
    """A word with its meaning; `note` says what to keep apart."""

    code: Slug
    term: Text
    also_called: tuple[Text, ...] = ()
    definition: Text


class Glossary(Part):
    terms: tuple[Term, ...]
