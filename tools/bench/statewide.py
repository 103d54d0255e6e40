"""A whole state under two policies: 100,000 educators with ten credits each, beside reading the same rows.

`make bench` runs it last, `tools/bench.py --statewide` alone, and both write the section "A whole state" of
docs/reference/measurements.md. The floor asks the database the very same questions, takes every row and lets it go.
"""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import django

from bench.places import ROOT, VAR, Database, python
from bench.seeding.size import Size

if TYPE_CHECKING:
    from longleaf.engines.policy import Policy

EDUCATORS, BADGES, OTHERS, TURNS = 100_000, 4, 6, 3
ON = date(2026, 10, 1)
HEADING = "A whole state"
FOUND, DATABASE = "statewide.json", "longleaf_bench_statewide"
WORKERS = os.cpu_count() or 1
TOPICS = (["literacy"], ["subject_area"], [], ["digital_learning"], ["executive_role"])
PROPOSED = {"source_ids": [], "standing": "proposed"}


def sqlite() -> Database:
    var = VAR / "statewide"
    var.mkdir(parents=True, exist_ok=True)
    return Database("SQLite", f"sqlite:///{var / 'longleaf.sqlite3'}", var)


def run(database: Database, educators: int = EDUCATORS) -> dict[str, Any]:
    """Seed a database of its own and evaluate everybody, in a process of its own; returns what it found."""
    (database.var / FOUND).unlink(missing_ok=True)
    command = [python(), "-m", "bench.statewide", str(educators)]
    subprocess.run(command, env=database.environment, cwd=ROOT, check=True)
    found: dict[str, Any] = json.loads((database.var / FOUND).read_text())
    return found


def _seed(educators: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415 (after setup)

    from bench.seeding import catalog, people  # noqa: PLC0415
    from bench.seeding.pouring import count_on, empty, in_a_hurry, pour  # noqa: PLC0415
    from longleaf.awards.models import Award  # noqa: PLC0415
    from longleaf.recognition.models import OtherCredit  # noqa: PLC0415

    empty()
    call_command("migrate", verbosity=0)
    with in_a_hurry():
        stage = catalog.fill_catalog(120)
        people.fill_directory(Size(educators, 0, 0, 0), stage)
        OtherCredit.objects.all().delete()
        pour(OtherCredit, _others(educators))
        pour(Award, _badges(educators, stage))
        count_on()


def _others(educators: int) -> Iterator[dict[str, Any]]:
    chosen = random.Random(3)
    for person in range(1, educators + 1):
        for number in range(OTHERS):
            kind = chosen.choice(("clock_hour", "clock_hour", "semester_hour"))
            earned_on = _some_day(chosen)
            amount = Decimal(chosen.randint(1, 60)) / 2 if kind == "clock_hour" else Decimal(chosen.randint(1, 2))
            yield {
                "person_id": person,
                "kind": kind,
                "title": f"Workshop {number + 1} (synthetic)",
                "amount": amount,
                "earned_on": earned_on,
                # Recorded at once: what is recorded after the day of the evaluation would not count as decided by then.
                "recorded_at": datetime(earned_on.year, earned_on.month, earned_on.day, 15, tzinfo=UTC),
                "topics": chosen.choice(TOPICS),
            }


def _badges(educators: int, stage: Any) -> Iterator[dict[str, Any]]:
    """Badges that still wait for their signatures: these count, and the signed text is read by nobody here."""
    from uuid import UUID  # noqa: PLC0415

    chosen = random.Random(4)
    for person in range(1, educators + 1):
        for number in range(BADGES):
            offered = chosen.choice(stage.offered)
            day = _some_day(chosen)
            yield {
                "uuid": UUID(int=person * BADGES + number),
                "occasion": f"bench:{person}:{number}",
                "earner_id": person,
                "earner_name": "Synthetic",
                "version_id": offered.pk,
                "issuer_id": offered.issuer_id,
                "earned_at": datetime(day.year, day.month, day.day, 15, chosen.randrange(60), tzinfo=UTC),
            }


def _some_day(chosen: random.Random) -> date:
    return date(2021, 7, 1) + timedelta(days=chosen.randrange(1_900))


def _policies() -> tuple[Policy, Policy]:
    """The state's own, and one that gives micro-credentials a value for the whole state and limits hours of sitting."""
    from longleaf.engines.policy import policy_from_document  # noqa: PLC0415 (after setup)
    from longleaf.recognition.models import PolicyText  # noqa: PLC0415

    document = PolicyText.objects.get(code="renewal").document
    proposed = copy.deepcopy(document)
    for value in proposed["values"]:
        if value["of"] == "micro_credential":
            value |= {"worth": {"kind": "rate", "credits": 1, "per": 10}, **PROPOSED}
    cap = {"id": "bench-hours", "title": "At most 4 for hours", "of": ["clock_hour"], "at_most": 4, **PROPOSED}
    return policy_from_document(document), policy_from_document({**proposed, "caps": [cap]})


def _giving() -> Policy:
    """The state's own with a rank, a stipend and a ladder of pay beside the credits."""
    from longleaf.engines.policy import policy_from_document  # noqa: PLC0415 (after setup)
    from longleaf.recognition.models import PolicyText  # noqa: PLC0415

    anything, literacy = {"kind": "anything"}, {"kind": "topic", "among": ["literacy"]}
    results = [
        {"id": "rank", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, "needs": _need("count", 3, anything)},
        {
            "id": "stipend",
            "title": "A stipend",
            "gives": {"kind": "stipend", "amount": "500", "currency": "USD"},
            "needs": _need("credits", 4, literacy),
        },
    ]
    steps = [{"title": "A lane", "credits": 5, "repeats": True}]
    ladder = {"id": "lanes", "title": "Lanes", "counts": anything, "steps": steps, **PROPOSED}
    given = {"results": [{**result, **PROPOSED} for result in results], "ladders": [ladder]}
    return policy_from_document({**PolicyText.objects.get(code="renewal").document, **given})


def _need(kind: str, at_least: int, when: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "at_least": at_least, "when": when}


def _measure() -> dict[str, Any]:
    """Evaluating and reading take turns, so that whatever else the machine does falls on both alike."""
    from longleaf.recognition.statewide import evaluate_everyone  # noqa: PLC0415 (after setup)

    policies, giving = _policies(), _giving()
    statements = _statements(lambda: _drain(evaluate_everyone(policies, ON)))
    ours, reading, together, processor = list[float](), list[float](), list[float](), list[float]()
    educators = rows = 0
    for _ in range(TURNS):
        began = time.process_time()
        seconds, educators = _timed(lambda: _drain(evaluate_everyone(policies, ON)))
        processor.append(time.process_time() - began)
        ours.append(seconds)
        seconds, rows = _timed(lambda: _read(statements))
        reading.append(seconds)
        seconds, _ = _timed(lambda: _drain(evaluate_everyone(policies, ON, workers=WORKERS)))
        together.append(seconds)
    plainly = _processor(lambda: _drain(evaluate_everyone([policies[0]], ON)))
    with_results = _processor(lambda: _drain(evaluate_everyone([giving], ON)))
    return {
        "educators": educators,
        "results_times": with_results / plainly,
        "rows": rows,
        "seconds": median(ours),
        "processor": median(processor),
        "reading": median(reading),
        "times_reading": median(mine / its for mine, its in zip(ours, reading, strict=True)),
        "seconds_together": median(together),
        "workers": WORKERS,
        "by_ledgers": _by_ledgers(policies),
        "peak_megabytes": _peak(),
    }


def _drain(found: Iterator[Any]) -> int:
    return sum(1 for _ in found)


def _statements(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """Everything that is asked of the database meanwhile."""
    from django.db import connection  # noqa: PLC0415 (after setup)

    asked = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return asked


def _read(statements: list[tuple[str, Any]]) -> int:
    from django.db import connection  # noqa: PLC0415 (after setup)

    rows = 0
    with connection.cursor() as cursor:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            while some := cursor.fetchmany(5_000):
                rows += len(some)
    return rows


def _by_ledgers(policies: tuple[Policy, ...], people: int = 1_000) -> float:
    """Seconds for a thousand people by their whole ledgers, read and reckoned as pages do."""
    from longleaf.engines.policy import ledger  # noqa: PLC0415 (after setup)
    from longleaf.recognition import records  # noqa: PLC0415

    def act() -> None:
        for record in records.records_of(records.licences_of(range(1, people + 1), ON)).values():
            for policy in policies:
                ledger(policy, record, on=ON)

    return _timed(act)[0]


def _processor(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def _peak() -> int:
    """The most memory that this process ever held, in megabytes, as Linux tells it."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024


def on_screen(results: dict[str, dict[str, Any]]) -> str:
    return "\n".join(
        f"{title}: {found['educators'] / found['seconds']:,.0f} educators a second under two policies, "
        f"{found['times_reading']:.1f} times reading the same rows; the whole state in {found['seconds']:.1f} s "
        f"({found['processor']:.1f} s of one processor), "
        f"with {found['workers']} workers in {found['seconds_together']:.1f} s"
        for title, found in results.items()
    )


def as_section(results: dict[str, dict[str, Any]]) -> str:
    rows = "\n".join(
        f"| {title} | {found['times_reading']:.1f} | {found['seconds']:.1f} | {found['processor']:.1f} | "
        f"{found['educators'] / found['seconds']:,.0f} | {found['reading']:.1f} | {found['seconds_together']:.1f} | "
        f"{found['by_ledgers'] * found['educators'] / 1_000 / found['seconds']:.0f} | {found['results_times']:.1f} | "
        f"{found['peak_megabytes']} |"
        for title, found in results.items()
    )
    return f"""## {HEADING}

{EDUCATORS:,} educators with ten credits each ({BADGES} badges, {OTHERS} other credits; all synthetic), each evaluated
under two policies (`recognition.statewide`): the state's own, and one that gives micro-credentials a value of the
state's and limits what counts for hours. `tools/bench.py --statewide` repeats this section alone.

The floor asks the database the very same questions, takes every row and lets it go. Evaluation and floor take turns,
{TURNS} each; read the first column, for absolute figures depend on the machine and on what else it does. We aim at 5,
and at 20 seconds on a machine of one's own: so much time the evaluation takes of a processor (a server's is not in it).
*Ledgers ÷* is how many times as long the whole ledgers of as many people take, by the time for a thousand of them.
*Results ×* is how many times the processor's time one policy takes that gives a rank, a stipend and a ladder of pay
beside the credits, by that of the same policy without. *MB* is the most memory that the process held.

| database | ÷ reading | s | processor, s | a second | reading, s | {WORKERS} workers, s | ledgers ÷ | results × | MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}

Measured on {datetime.now(tz=UTC).date().isoformat()}; load average when it ended: {os.getloadavg()[0]:.1f}."""


def main() -> None:
    from django.conf import settings  # noqa: PLC0415 (what the environment names is read on first use)

    seconds, _ = _timed(lambda: _seed(int(sys.argv[1])))
    print(f"  seeded in {seconds:.1f} s", flush=True)
    (Path(settings.VAR) / FOUND).write_text(json.dumps(_measure()))


if __name__ == "__main__":
    django.setup()
    main()
