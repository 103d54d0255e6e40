"""Finding by words: SQLite's FTS5 or PostgreSQL's tsvector behind one interface, with the same answers from both.

Words are cut here, not by the database: letters and digits, without case and without accents. A word that is asked for
finds every word that begins with it, its plain forms first, and what the field calls by another name (synonyms.txt).
Every version has an entry from the day on which it is published, also when it is offered no more: the register tells of
it still. Whoever wants only what is offered says so of the versions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from longleaf.catalog.models import SearchEntry, Version
from longleaf.catalog.models.search_entry import TABLE, Closeness

MOST_WORDS = 12
LONGEST_WORD = 40
# A letter or two tell too little to go by: whoever looks for AI does not look for aims.
SHORTEST_BEGINNING = 3
# Endings that are taken off before a word is looked for by its beginning, longest first.
ENDINGS = ("ings", "ing", "ies", "ers", "ed", "er", "es", "y", "s")
SHORTEST_STEM = 4

Phrase = tuple[str, ...]
# And whether it may be only the beginning of a word.
Form = tuple[Phrase, bool]


def enter(version: Version) -> None:
    """Make a version findable. Entering it again replaces what stood there."""
    texts = (version.title, f"{version.summary}\n{version.competency}", version.search_text)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [version.pk])  # noqa: S608 (our own constant)
        cursor.execute(_INSERT[connection.vendor], [version.pk, *(" ".join(words_in(text)) for text in texts)])


def found(versions: QuerySet[Version], words: str) -> QuerySet[Version]:
    """Those of the versions that fit the words. Words without a letter or digit ask for nothing and leave all."""
    question = _question(words)
    if not question:
        return versions
    # Asked once and by itself: joined, SQLite would search the whole index anew for each version.
    return versions.filter(pk__among=SearchEntry.objects.filter(words__matches=question).values("version"))


def called(words: str, *, version: str, issuers: Iterable[tuple[str, str]] = ()) -> Q:
    """A condition for rows that lead to a version by `version`: each of the words is in its title, or in the name of
    its issuer. `issuers` are codes and names of those to be thought of; words are found as `found` finds them.
    """
    fits, names = Q(), [(code, words_in(name)) for code, name in issuers]
    for phrase in _phrases(words_in(words)[:MOST_WORDS]):
        titled = SearchEntry.objects.filter(words__titled=_either(_forms(phrase))).values("version")
        named = [code for code, name in names if _stands_in(name, phrase)]
        of_issuer = Q(**{f"{version}__micro_credential__issuer__code__in": named}) if named else Q()
        fits &= Q(**{f"{version}__in": titled}) | of_issuer
    return fits


def best_first(versions: QuerySet[Version], words: str) -> QuerySet[Version]:
    """What `found` would give, the closest first; by title where nothing was asked for."""
    question = _question(words)
    if not question:
        return versions.order_by("title", "pk")
    closeness = Closeness(F("search_entry__words"), Value(question))
    fitting = versions.filter(search_entry__words__matches=question)
    return fitting.alias(closeness=closeness).order_by("-closeness", "title", "pk")


def words_in(text: str) -> list[str]:
    """The words of a text as the index keeps them: `Élève-centred` gives `eleve`, `centred`."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain.casefold())]


def _question(words: str) -> str:
    """All of the words, each in any of its forms, in the language of the database."""
    asked = _phrases(words_in(words)[:MOST_WORDS])
    _, both, _ = _LANGUAGES[connection.vendor]
    return both.join(f"({_either(_forms(phrase))})" for phrase in asked)


def _either(forms: Sequence[Form]) -> str:
    """Any of the forms, in the language of the database."""
    write_word, _, either = _LANGUAGES[connection.vendor]
    return either.join(map(write_word, forms))


def _stands_in(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether a phrase stands among a few words in any of its forms, where no index is needed."""
    return any(_is_at(words[place:], form) for form in _forms(phrase) for place in range(len(words)))


def _is_at(words: Sequence[str], form: Form) -> bool:
    phrase, only_beginning = form
    return words[0].startswith(phrase[0]) if only_beginning else tuple(words[: len(phrase)]) == phrase


@lru_cache(maxsize=1)
def synonyms() -> Mapping[Phrase, tuple[Phrase, ...]]:
    """What else each phrase of synonyms.txt is called."""
    text = resources.files("longleaf.catalog").joinpath("synonyms.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    groups = [[tuple(words_in(name)) for name in line.split(",")] for line in lines]
    return {name: tuple(other for other in group if other != name) for group in groups for name in group}


def _phrases(words: Sequence[str]) -> list[Phrase]:
    """Words put together where several of them name one thing, the longest name first."""
    phrases: list[Phrase] = []
    place = 0
    while place < len(words):
        lengths = range(min(len(words) - place, _longest_name()), 1, -1)
        length = next((each for each in lengths if tuple(words[place : place + each]) in synonyms()), 1)
        phrases.append(tuple(words[place : place + length]))
        place += length
    return phrases


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(len(name) for name in synonyms())


def _forms(phrase: Phrase) -> list[Form]:
    """Each form in which a phrase is looked for."""
    singular = (*phrase[:-1], phrase[-1].removesuffix("s"))
    others = synonyms().get(phrase) or synonyms().get(singular) or ()
    forms = [(phrase, False), *((other, False) for other in others)]
    if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_BEGINNING and not phrase[0].isdigit():
        forms.insert(1, ((_beginning(phrase[0]),), True))
    return forms


def _beginning(word: str) -> str:
    """`learning` and `learners` are both looked for as `learn…`."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _in_fts5(form: Form) -> str:
    phrase, only_beginning = form
    return f'"{" ".join(phrase)}"' + ("*" if only_beginning else "")


def _in_tsquery(form: Form) -> str:
    phrase, only_beginning = form
    # Letters and digits only, so nothing here can be taken for an operator.
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" if not only_beginning else f"'{phrase[0]}':*"


_LANGUAGES = {"sqlite": (_in_fts5, " AND ", " OR "), "postgresql": (_in_tsquery, " & ", " | ")}
_INSERT = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, title, heart, rest) VALUES (%s, %s, %s, %s)",  # noqa: S608
    "postgresql": f"""INSERT INTO {TABLE} (rowid, {TABLE}) VALUES (%s,
        setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
        || setweight(to_tsvector('simple', %s), 'C'))""",  # noqa: S608
}
