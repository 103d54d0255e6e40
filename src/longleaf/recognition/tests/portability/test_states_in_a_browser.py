"""What other states would give, with as many policies as a real pack knows, in a real browser at both widths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from longleaf.recognition import policies
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]
PACK = Path(__file__).resolve().parents[5] / "states/nc"


def test_the_page_of_many_states_fits_both_widths_and_is_accessible(
    state: Any, version: Any, client: Any, browser: Any
) -> None:
    files = sorted((PACK / "policy/elsewhere").glob("*.yaml"))
    for file in files:
        # Days as they are written, as the loading of a pack has them.
        document = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
        code = f"{policies.ELSEWHERE}{file.stem}"
        policies.load_text(state=state, code=code, title=document["title"], document=document)
    told = yaml.safe_load((PACK / "sources.yaml").read_text(encoding="utf-8"))["sources"]
    state.sources = {each["code"]: each for each in told}
    state.save()
    address = f"/elsewhere/states/{version.micro_credential.slug}/"
    page = client.get(address).content.decode()
    assert page.count("</tr>") > len(files)
    assert mistakes_on({address: page}, browser, pictures="states") == []
