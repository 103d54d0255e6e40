"""The engine's files import one another, and none of them the whole: so none is needed before itself."""

import re
from pathlib import Path

import longleaf.engines.policy as engine

MODULES = sorted(Path(engine.__file__).parent.glob("*.py"))
OF_THE_WHOLE = re.compile(r"^\s*(from longleaf\.engines\.policy import|import longleaf\.engines\.policy$)", re.M)


def test_no_file_imports_the_package_that_it_is_a_part_of():
    found = {each.name for each in MODULES if OF_THE_WHOLE.search(each.read_text())}
    assert found - {"__init__.py"} == set()
    assert len(MODULES) > 30
