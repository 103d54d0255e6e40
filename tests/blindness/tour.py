"""A tour of the whole installation, by everybody who has a part in it, and what each of them found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import time_machine

from longleaf.assessment.desk import queries as desk_queries
from longleaf.assessment.models import Submission
from longleaf.directory.models import Person
from longleaf.panels.blindness import BLIND_LEAD, BLIND_RATER, JUDGED_PERSON, Blindness
from tests import labels
from tests.blindness.house import EARNERS, VISITED_AT, House
from tests.blindness.oracle import Leak, Oracle
from tests.blindness.visiting import Answer, Visitor, addresses_to_no_page, shape_of

# Nobody, earners of whom each stands elsewhere, readers, those who lead them, and people of the earner's school.
VISITORS = (
    None, "returned", "lodging", "earning", "again", "both", "refused",
    "teamed", "mated", "one", "two", "four", "checker", "looker", "coach", "unasked",
)  # fmt: skip
# Of what others were shown, each asks every so-manieth: together they ask it all, several times.
EVERY = 3
REACHED_NOTHING = {403, 404, 405}


@dataclass
class Tour:
    """What was found: leaks, faults of ours, and which addresses were opened by their names."""

    house: House
    oracle: Oracle
    leaks: list[Leak] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unlabelled: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    found: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, house: House) -> Tour:
        tour = cls(house, Oracle(house))
        with time_machine.travel(VISITED_AT, tick=False):
            visitors = {name: Visitor(house.people[name] if name else None) for name in VISITORS}
            shown = {name: tour._look_round(name, visitor) for name, visitor in visitors.items()}
            others = _kept_from_others(shown)
            for place, (name, visitor) in enumerate(visitors.items()):
                tour._ask(name, visitor, [each for each in others[place % EVERY :: EVERY] if each not in shown[name]])
            for name in (None, "earning", "looker"):
                tour._ask(name, visitors[name], addresses_to_no_page(tour.opened))
            tour._read_the_journal()
        return tour

    def reads(self, name: str, what: str, text: str) -> None:
        """Something that reaches somebody by another way than a page: a mail, the output of a command, a journal."""
        self._note(name, Answer(what, what, 200, "", text.encode(), "text/plain", ""))

    def _look_round(self, name: str | None, visitor: Visitor) -> dict[str, Answer]:
        answers = visitor.go_through()
        for each in answers:
            self._note(name, each)
        forms = {each.name: each for each in answers if each.status == 405 or b'method="post"' in each.content}
        for each in forms.values():
            self._note(name, visitor.post_nothing(each.address), posted=True)
        return {each.address: each for each in answers}

    def _ask(self, name: str | None, visitor: Visitor, addresses: Iterable[str]) -> None:
        for address in addresses:
            self._note(name, visitor.get(address))

    def _note(self, name: str | None, answer: Answer, *, posted: bool = False) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.address} answers {name} with {answer.status}")
        if answer.status == 200 or (posted and answer.status not in REACHED_NOTHING):
            self.opened[answer.name] += 1
        self.unlabelled |= set(labels.unlabelled(answer, labels.of_design(self.house.version.document)))
        told = self.oracle.told_in(answer)
        self.found[name or ""] |= {secret.word for secret in told}
        self.leaks += self.oracle.leaks(name, answer, told)

    def _read_the_journal(self) -> None:
        """Every line on each piece of work that its earner, a reader of it and a lead may read."""
        for submission in Submission.objects.select_related("attempt__earner", "panel"):
            earner = self.oracle.people[submission.attempt.earner_id]
            if earner in EARNERS:
                self._read_lines_on(submission, earner)

    def _read_lines_on(self, submission: Submission, earner: str) -> None:
        seats = submission.panel.assignments.all() if submission.panel else ()
        readers = {self.oracle.people[seat.rater_id] for seat in seats}
        # Who reads is named to a lead, also where the reader earns elsewhere.
        seen_by_leads = "assessment:journal" if earner == "both" else "pool:journal"
        for what, sight, names in (
            ("assessment:journal", JUDGED_PERSON, [earner]),
            ("assessment:journal", BLIND_RATER, readers),
            (seen_by_leads, BLIND_LEAD, ["checker", "looker"]),
        ):
            for name in names:
                self.reads(name, what, journal_text(submission, sight, self.house.people[name]))


def journal_text(submission: Submission, sight: Blindness, person: Person) -> str:
    """What somebody may read of the journal about a piece of work, without the hour, which pages take to the day."""
    lines = desk_queries.journal_of(submission, sight, person=person)
    return "\n".join(f"{line.actor} {line.actor_name} {line.event} {line.subject} {line.data}" for line in lines)


def _kept_from_others(shown: dict[str | None, dict[str, Answer]]) -> list[str]:
    """Of each shape of address one for each who was shown it, but for what everybody is shown."""
    public = {address for address, answer in shown[None].items() if answer.status == 200}
    chosen = dict[tuple[str | None, str], str]()
    for name, answers in shown.items():
        for address, answer in answers.items():
            if answer.status in (200, 405) and address not in public:
                chosen.setdefault((name, shape_of(address)), address)
    of_one = Counter(chosen.values())
    return sorted(address for address, times in of_one.items() if times == 1)
