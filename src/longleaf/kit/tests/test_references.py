"""References are read aloud: short, without letters that are mistaken for one another, and never the same twice."""

from __future__ import annotations

import re

from longleaf.kit.references import ALPHABET, new_reference


def test_it_has_a_prefix_and_groups():
    assert re.fullmatch(rf"SUB-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_reference("SUB"))
    assert re.fullmatch(rf"P-[{ALPHABET}]{{5}}", new_reference("P", groups=1, length=5))


def test_no_letter_is_mistaken_for_another_and_no_vowel_spells_a_word():
    assert not set(ALPHABET) & set("01OILU" + "AEIOU")
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert ALPHABET.upper() == ALPHABET


def test_it_is_never_the_same_twice():
    made = {new_reference("ATT") for _ in range(2000)}
    assert len(made) == 2000


def test_every_letter_comes_up():
    assert set("".join(new_reference("") for _ in range(500))) == {*ALPHABET, "-"}
