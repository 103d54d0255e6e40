"""Somebody who is quicker than the network: what is ticked while an answer is still on its way stays ticked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]

FACET = "facet-role-instructional-coach"


def test_a_box_ticked_while_an_earlier_answer_arrives_stays_ticked(site: Site, walker: Walker) -> None:
    page = walker.page
    answers: list[Route] = []
    walker.go("/catalog/")
    page.route(re.compile(r"\?q=feedback$"), lambda route: answers.append(route))
    page.get_by_role("searchbox").first.fill("feedback")
    page.get_by_role("searchbox").first.press("Enter")
    walker.wait_until(lambda: bool(answers))
    arrived = [(route, route.fetch()) for route in answers]

    # Both in one breath: the tick, and before a hand could do anything else the answer to what was asked before it.
    page.evaluate(f"document.getElementById('{FACET}').click()")
    for route, answer in arrived:
        route.fulfill(response=answer)

    page.wait_for_url(re.compile("role=instructional-coach"))
    expect(page.locator(f"#{FACET}")).to_be_checked()
    assert walker.mistakes == []


def test_asking_the_same_twice_is_one_step_back(site: Site, walker: Walker) -> None:
    page = walker.page
    walker.go("/catalog/")
    box = page.get_by_role("searchbox").first
    box.fill("feedback")
    page.wait_for_url(re.compile("q=feedback"))
    with page.expect_response(re.compile("q=feedback")):
        box.press("Enter")
    page.wait_for_load_state("networkidle")
    page.go_back()
    page.wait_for_url(re.compile("/catalog/$"))
