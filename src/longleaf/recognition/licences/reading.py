"""Reading a file of licences. Pure: text and a policy in, facts or sentences out, no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from longleaf.engines import policy as engine
from longleaf.recognition.licences.facts import LicenceFacts, mistakes_of
from longleaf.recognition.lists.reading import rows_of, unusable

COLUMNS = ("person", "kind", "role", "areas", "issued", "expires", "ended_on", "scores", "name")
NEEDED = ("person", "kind", "role", "issued", "expires")
MOST_ROWS = 2_000
# A command reads a whole state at once, of which each line is some hundred letters.
MOST_BYTES_OF_A_STATE = 64 * 1024 * 1024
NOTHING = "-"
HOW_SCORES = "scores: Write each as exam=score/qualifying or exam=score/qualifying/error, such as 5081=157/160/3."
AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Line:
    """One line as it was typed; `number` is its line in the file."""

    number: int
    person: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """What a line says: facts, or a sentence about what cannot be read."""

    facts: LicenceFacts | None
    problem: str = ""


def lines_of(content: bytes) -> list[Line]:
    """The lines of a file that is handed in on a page. Raises `UnusableList`."""
    lines = [_line(number, told) for number, told in rows_of(content, columns=COLUMNS, needed=NEEDED)]
    if not lines:
        raise unusable("The file names nobody. Give each license a line.")
    if len(lines) > MOST_ROWS:
        raise unusable(f"The file has more than {MOST_ROWS:,} licenses. Divide it, or let the command take it in.")
    return lines


def lines_of_a_state(content: bytes) -> Iterator[Line]:
    """The lines of a file of any length, for the command. Raises `UnusableList`."""
    rows = rows_of(content, columns=COLUMNS, needed=NEEDED, most_bytes=MOST_BYTES_OF_A_STATE)
    return (_line(number, told) for number, told in rows)


def template() -> str:
    """A file to begin with: the names of the columns, and a line that shows how each is filled in."""
    example = "educator@school.example,KIND,ROLE,reading|science,2024-07-01,2029-06-30,,,Robin Example"
    return f"{','.join(COLUMNS)}\n{example}\n"


def facts_of(line: Line, policy: engine.Policy | None) -> Read:
    """What a line says of a licence, or the first thing in it that cannot be so, with its column."""
    cells = line.cells
    try:
        facts = LicenceFacts(
            kind=_code(cells["kind"], [(it.code, it.title) for it in policy.licence_types] if policy else []),
            role=_code(cells["role"], [(it.code, it.title) for it in policy.roles] if policy else []),
            issued=_day("issued", cells["issued"]),
            expires=_day("expires", cells["expires"]),
            areas=_areas(cells["areas"]),
            scores=_scores(cells["scores"]),
            ended_on=None if cells["ended_on"] in {"", NOTHING} else _day("ended_on", cells["ended_on"]),
            is_open_again=cells["ended_on"] == NOTHING,
        )
    except ValueError as wrong:
        return Read(None, str(wrong))
    for column, sentence in mistakes_of(facts, policy):
        return Read(None, f"{column}: {sentence}")
    return Read(facts)


def scores_in(text: str) -> dict[str, engine.Score]:
    """Scores as they are typed: `exam=score/qualifying/sem`, several with a bar between. Raises `ValueError`."""
    found = {}
    for each in filter(None, (it.strip() for it in text.split("|"))):
        exam, equals, told = each.partition("=")
        numbers = [_number(it) for it in told.split("/")]
        if not exam.strip() or not equals or len(numbers) not in {2, 3} or None in numbers:
            raise ValueError(HOW_SCORES)
        found[exam.strip()] = engine.Score(*(it for it in numbers if it is not None))
    return found


def scores_typed(scores: dict[str, engine.Score]) -> str:
    """The same the other way round, for a field in which they are changed."""
    numbers = {exam: (it.score, it.qualifying, *(() if it.sem is None else (it.sem,))) for exam, it in scores.items()}
    return " | ".join(f"{exam}={'/'.join(f'{each:f}' for each in told)}" for exam, told in numbers.items())


def areas_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (it.strip() for it in text.split("|")))))


def _line(number: int, told: dict[str, str]) -> Line:
    return Line(number, told["person"], told)


def _code(text: str, known: list[tuple[str, str]]) -> str:
    """The code that is meant, by itself or by its title; what is meant by neither stays as it was typed."""
    plain = " ".join(text.split()).casefold()
    return next((code for code, title in known if plain in {code.casefold(), title.casefold()}), text)


def _day(column: str, text: str) -> date:
    try:
        if american := AMERICAN_DAY.fullmatch(text):
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{column}: “{text}” is not a day. Write it like 2027-06-30 or 6/30/2027.") from None


def _areas(text: str) -> tuple[str, ...] | None:
    if not text:
        return None
    return () if text == NOTHING else areas_in(text)


def _scores(text: str) -> dict[str, engine.Score] | None:
    if not text:
        return None
    return {} if text == NOTHING else scores_in(text)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
