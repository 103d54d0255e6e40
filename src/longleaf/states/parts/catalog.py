"""`families.yaml`, `stacks.yaml` and `vocabulary.yaml`: how the catalog is ordered."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Colour, Icon, Part, Slug, Sourced, Text


class Family(Sourced):
    """A family of badges: they share a colour and an icon."""

    code: Slug
    title: Text
    description: Text
    colour: Colour
    icon: Icon


class Families(Part):
    families: tuple[Family, ...]


class Stack(Sourced):
    """Micro-credentials that make something larger together; `members` are their slugs.

    `ordered` says that each member prepares for the next one.
    """

    slug: Slug
    title: Text
    issuer: Code
    description: Text
    ordered: bool
    members: tuple[Slug, ...]


class Stacks(Part):
    stacks: tuple[Stack, ...]


class Topic(Part):
    """An entry of a vocabulary by which the catalog is searched."""

    code: Slug
    title: Text


class Vocabulary(Part):
    """The words of the catalog's facets, each list in the order in which it is shown."""

    roles: tuple[Topic, ...]
    grade_bands: tuple[Topic, ...]
    topics: tuple[Topic, ...]
