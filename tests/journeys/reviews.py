"""What journeys through reviews have in common."""

from __future__ import annotations

from tests.journeys.stage import Walker


def is_asked(walker: Walker, name: str, review: str) -> bool:
    """Whether a review, by its reference, is among what somebody is asked to read; they are signed in after it."""
    walker.be(name)
    walker.go("/quality/")
    return walker.page.locator("main table").get_by_role("link", name=review).count() > 0
