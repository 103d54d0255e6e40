"""The verbs that bring a panel together: convene it, and seat raters who stand outside.

Who may be asked is for `panels.eligibility` to say, and who of them is asked follows from the data alone
(`panels.assigning.matching`). Each offer says why. Where too few may be asked, the panel begins with those there are,
and a chore seats the others when they appear (`panels.drawing`).

Locks: a panel, or many in the order of their keys; then its seats; then the journal's turn, which also keeps two who
draw at the same moment from asking somebody for more than they have room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.engines.rubrics import rubric_from_document, rule_from_document
from longleaf.journal.recording import Entry, record, record_many, take_turn
from longleaf.kit.dates import end_of_day
from longleaf.panels import eligibility
from longleaf.panels.assigning.matching import Match, match
from longleaf.panels.assigning.wording import why
from longleaf.panels.calibration import editions
from longleaf.panels.errors import AlreadyConvened
from longleaf.panels.events import Event
from longleaf.panels.instruments import Instrument, keep_rubric
from longleaf.panels.models import Assignment, Author, Panel
from longleaf.panels.pool.queries import rules_of
from longleaf.panels.pool.rules import PoolRules
from longleaf.panels.status import PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def convene(
    *,
    kind: str,
    subject: str,
    pool: Organisation,
    reader_role: Role = Role.ASSESSOR,
    rubric: Mapping[str, Any],
    rule: Mapping[str, Any],
    met_before: Iterable[str] = (),
    levels_before: Mapping[str, str] | None = None,
    barred_people: Iterable[Person] = (),
    barred_organisations: Iterable[Organisation] = (),
    work_of: Iterable[Person] = (),
    read_before: Iterable[Person] = (),
    language: str = "",
    tags: Iterable[str] = (),
    instrument: Instrument | None = None,
    of_outsiders: bool = False,
    due_at: datetime,
    acting_person: Person | None,
) -> Panel:
    """Bring a panel together on a subject and offer its seats.

    `subject` is the blind reference under which raters will know it; `rubric` and `rule` are documents (see
    `engines.rubrics`); criteria in `met_before` are not rated again. `levels_before` is the best level that criteria
    had in earlier rounds: the rule says what it counts for, and no rater is shown it. Whoever is barred, or works or
    lately worked in a barred organisation, is never seated, nor anybody too near to those in `work_of`, whose work it
    is. Those in `read_before` read an earlier round and are seated only where nobody else could be. Raters read in
    `language`; `tags` tell what it is about, as qualifications do (`topics:literacy`). Whoever reads holds
    `reader_role` in the pool's organisation. `of_outsiders` lets the pool judge work of its own organisation, by those
    who only judge for it: whoever holds another role there, or in a school of it, stays outside. Where the rubric
    belongs to an `instrument`, raters are certified for it and watched (`panels.calibration`).

    Raises `AlreadyConvened` for a subject that has its panel, and `RubricError` for documents that cannot be used.
    """
    readers = rule_from_document(rule, rubric_from_document(rubric)).readers
    edition = None
    if instrument is not None:
        edition = editions.register(
            pool=pool, kind=kind, instrument=instrument, rubric=rubric, rule=rule, acting_person=acting_person
        )
    panel, is_new = Panel.objects.get_or_create(
        kind=kind,
        subject=subject,
        defaults={
            "pool": pool,
            "reader_role": reader_role.value,
            "rubric": keep_rubric(rubric),
            "rule": dict(rule),
            "edition": edition,
            "met_before": sorted(met_before),
            "levels_before": dict(levels_before or {}),
            "of_outsiders": of_outsiders,
            "barred_people": sorted(person.ref for person in barred_people),
            "barred_organisations": sorted(organisation.pk for organisation in barred_organisations),
            "read_before": sorted(person.ref for person in read_before),
            "language": language,
            "tags": sorted(tags),
            "seats": readers,
            "due_at": end_of_day(due_at),
        },
    )
    if not is_new:
        raise AlreadyConvened(f"A panel reads {subject} already. Reload the page to see how far it is.")
    Author.objects.bulk_create([Author(panel=panel, person=person) for person in work_of])
    data = {"subject": subject, "rubric": panel.rubric_id, "readers": readers}
    record(Event.PANEL_CONVENED, actor=acting_person, subject=subject_of(panel), data=data)
    fill_seats(panel=panel)
    return panel


@transaction.atomic
def fill_seats(*, panel: Panel, now: datetime | None = None) -> int:
    """Offer every free seat of an open panel to somebody who may be asked; returns how many were offered."""
    locked, moment = lock(panel.pk), now or timezone.now()
    if locked.status != PanelStatus.OPEN:
        return 0
    take_turn()
    rules, offered = rules_of(locked.pool_id), 0
    while True:
        found = eligibility.standing(locked, now=moment)
        matches = match([found.vacancy], found.raters, rules=rules)
        offer(matches, panels={locked.pk: locked}, rules=rules, now=moment)
        offered += len(matches)
        # Who is asked now may have been the last of those before whom a rule gives way, so the rest is drawn anew.
        if not matches or len(matches) == len(found.vacancy.seats):
            return offered


def offer(
    matches: Iterable[Match],
    *,
    panels: Mapping[int, Panel],
    rules: PoolRules,
    now: datetime,
    adjudicates: bool = False,
) -> list[Assignment]:
    """Write down what was matched, for whoever holds the panels' locks and the journal's turn."""
    made = [
        Assignment(
            panel=panels[each.panel],
            rater_id=each.rater.person,
            seat=each.seat,
            adjudicates=adjudicates,
            why_chosen=why(each),
            take_up_by=now + rules.take_up_within,
            due_at=max(panels[each.panel].due_at, end_of_day(now + rules.least_time_to_read)),
        )
        for each in matches
    ]
    if made:
        Assignment.objects.bulk_create(made, batch_size=500)
        refs = directory.refs_of(each.rater_id for each in made)
        record_many([_offered(each, refs[each.rater_id]) for each in made], actor=None)
    return made


@transaction.atomic
def keep_off(*, subjects: Iterable[str], person: Person) -> int:
    """Let somebody be asked no more by panels on these references that have not judged yet; returns how many.

    For whoever comes near the work while a panel is short of readers.
    What they hold already goes by the clock (`panels.standing_aside`).
    """
    undecided = Panel.objects.select_for_update(of=("self",)).filter(subject__in=list(subjects), outcome__isnull=True)
    panels = [each for each in undecided.order_by("pk") if person.ref not in each.barred_people]
    for panel in panels:
        panel.barred_people = sorted({*panel.barred_people, person.ref})
        panel.save(update_fields=["barred_people"])
    return len(panels)


def lock(panel_id: int) -> Panel:
    """The panel, locked until the transaction ends. Whoever also locks assignments locks the panel first."""
    return Panel.objects.select_for_update(of=("self",)).select_related("rubric").get(pk=panel_id)


def subject_of(panel: Panel) -> str:
    """How the journal names a panel."""
    return f"panel:{panel.ref}"


def _offered(seat: Assignment, rater: str) -> Entry:
    data = {"reading": seat.ref, "seat": seat.seat, "rater": rater, "why": seat.why_chosen}
    return Entry(Event.SEAT_OFFERED, subject_of(seat.panel), data)
