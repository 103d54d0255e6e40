"""How an act on a walk is done and looked at, and how it is chosen who does it to what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from longleaf.assessment.status import UploadStatus
from longleaf.directory.models import Person
from longleaf.journal.verifying import verify
from longleaf.kit import keeping
from longleaf.kit.errors import Refusal
from tests.walks import invariants, snapshots
from tests.walks.snapshots import MOVES
from tests.walks.world import World

Thing = TypeVar("Thing", bound=models.Model)
GOOD, SHORT = "I look for the aim first and name one change.", "Too short."
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)
BOTH = ("privacy", "integrity")
# An upload that turns out not to be welcome keeps the sentence that refused it.
KEEPS_ITS_REFUSAL = "assessment_upload"
# These moves say so in the journal; of files, only what becomes of the work does.
TOLD = set(MOVES) - {"assessment_upload"}
# One of a list, each as often as the others: a number without bounds would mostly be small.
which, yes = st.sampled_from(range(2_520)), st.booleans()


def _refusal_of(verb: Callable[[], object]) -> Refusal | None:
    """Do it. Anything but a refusal of ours is a fault and goes through."""
    try:
        verb()
    except Refusal as refusal:
        return refusal
    return None


# What may happen, how often beside the others, and what is drawn for it. One rule draws among them: of many rules
# a walk would be given a few only, and a work needs all of them to come to its end.
ACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {}
OFTEN = {"go_on": 14, "start": 2, "appeal": 6, "answer_an_appeal": 6, "open_a_round": 2, "hand_in": 2, "read_again": 2}


def now_and_then(**drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let it happen on a walk, with what is drawn for it."""

    def kept(act: Callable[..., None]) -> Callable[..., None]:
        ACTS[act.__name__] = drawn
        return act

    return kept


class Acting(RuleBasedStateMachine):
    """What every part of a walk needs. `world` is set by the test; whatever a walk does is undone at its end."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        keeping.forget()
        self.before = snapshots.take()

    def teardown(self) -> None:
        try:
            assert verify().first_break is None
        finally:
            transaction.set_rollback(True)
            self.undone_at_the_end.__exit__(None, None, None)

    # --- how an act is looked at ----------------------------------------------------------------------------------

    def act(self, verb: Callable[[], object], *, lawful: bool | None) -> None:
        """Do it, and hold what came of it against the second opinion; `lawful` None has none."""
        refusal = _refusal_of(verb)
        if refusal is not None:
            assert not lawful, f"refused what is lawful: {type(refusal).__name__}: {refusal}"
            self._changed_nothing()
        else:
            assert lawful is not False, "done although it is not lawful"
            self._was_right()

    def _changed_nothing(self) -> None:
        after = snapshots.take()
        different = snapshots.changed(self.before, after)
        assert set(different) <= {KEEPS_ITS_REFUSAL}, different
        assert {move.new for move in snapshots.moves(self.before, after)} <= {UploadStatus.REFUSED}
        self.before = after

    def _was_right(self) -> None:
        after = snapshots.take()
        moves = snapshots.moves(self.before, after)
        for move in moves:
            assert move.new in MOVES[move.table][move.old], move
        lines = after["journal_journalline"].keys() - self.before["journal_journalline"].keys()
        assert lines or not any(move.table in TOLD for move in moves), "a move that no line tells of"
        invariants.hold()
        self.before = after

    def person(self, number: int) -> Person:
        return self.world.people[number % len(self.world.people)]

    def named(self, name: str) -> Person:
        return next(each for each in self.world.people if each.name == name)

    def one(self, rows: models.QuerySet[Thing], number: int) -> Thing | None:
        found: Sequence[Thing] = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def who(self, fitting: bool, number: int, fit: Person) -> Person:
        """The person for whom it is, or anybody."""
        return fit if fitting else self.person(number)
