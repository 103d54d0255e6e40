import json
from pathlib import Path

import pytest

from longleaf.kit.words import count_words

# The browser's counter is tested with the same list (front-end/tests/words.test.js).
COUNTED = json.loads((Path(__file__).parents[4] / "front-end/tests/words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "count"), COUNTED)
def test_it_counts_as_the_browser_does(text: str, count: int) -> None:
    assert count_words(text) == count
