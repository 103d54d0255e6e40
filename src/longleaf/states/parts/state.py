"""`state.yaml`: who the state is, what it calls things, and its colours."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Colour, Language, Part, Slug, Sourced, Text, WebAddress


class Word(Part):
    """What the state calls a thing: one, many, and the short form where there is one."""

    one: Text
    many: Text
    short: str = ""


class Words(Part):
    """The things that every state names in its own way."""

    educator: Word
    school_unit: Word
    district: Word
    state_agency: Word
    micro_credential: Word
    stack: Word
    renewal_credit: Word
    renewal_cycle: Word
    license: Word


class Colours(Part):
    """The state's palette by what a colour is for; the text colours must be readable on `surface`."""

    primary: Colour
    secondary: Colour
    surface: Colour
    warm: Colour
    accent: Colour
    ink: Colour


class Region(Sourced):
    """A region of the state, as its agency divides it."""

    code: Code
    name: Text


class Link(Part):
    """A page that the site's footer or help points to."""

    title: Text
    url: WebAddress


class State(Sourced):
    """The state that owns the pack. `agency` is the code of its education agency among the organisations."""

    code: Slug
    name: Text
    demonym: Text
    time_zone: Text
    language: Language
    currency: Text
    agency: Code
    contact: Text
    words: Words
    colours: Colours
    regions: tuple[Region, ...] = ()
    links: tuple[Link, ...] = ()
