"""A move that its table does not allow is refused, with a sentence that names both ends of it."""

from __future__ import annotations

from itertools import product

import pytest
from django.db.models import TextChoices

from longleaf.kit.errors import WrongState
from longleaf.kit.status import require_move


class Light(TextChoices):
    RED = "red", "Stop"
    AMBER = "amber", "Wait"
    GREEN = "green", "Go"


MOVES = {
    Light.RED: frozenset({Light.GREEN}),
    Light.GREEN: frozenset({Light.AMBER}),
    Light.AMBER: frozenset({Light.RED, Light.AMBER}),
}


@pytest.mark.parametrize(("old", "new"), list(product(Light, Light)))
def test_every_pair_is_as_its_table_says(old, new):
    if new in MOVES[old]:
        require_move(MOVES, old, new, what="The light")
        return
    with pytest.raises(WrongState) as refused:
        require_move(MOVES, old, new, what="The light")
    assert refused.value.sentence.startswith(f"The light is now “{old.label}” and cannot become “{new.label}”.")
