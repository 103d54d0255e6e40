"""Where to look and as whom to sign in: said on the terminal and kept as `demo.json`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from longleaf.assessment import queries as attempts
from longleaf.awards import queries as awards
from longleaf.demo.enrolling import DOMAIN, PASSWORD
from longleaf.demo.script import Moment, Script
from longleaf.demo.stage import Stage
from longleaf.panels.status import AT_WORK


def announcement(script: Script, stage: Stage, *, moment: Moment) -> dict[str, Any]:
    """Addresses of the pages that show the journey, and the people to see them as."""
    return {
        "base_url": settings.PUBLIC_URL,
        "moment": moment.value,
        "moments": [each.value for each in Moment],
        "sign_in_url": _address(reverse("demo:people")),
        "password": PASSWORD,
        "personas": [
            {
                "key": person.key,
                "name": person.name,
                "email": f"{person.key}@{DOMAIN}",
                "about": person.about,
                "roles": [f"{post.role.value} at {post.organisation}" for post in person.roles],
            }
            for person in script.people
        ],
        "urls": {name: _address(path) for name, path in _paths(script, stage).items()},
    }


def _paths(script: Script, stage: Stage) -> dict[str, str]:
    headline = script.headline
    earner = stage.people[headline.earner]
    badge = awards.awards_of(earner)[0]
    attempt = stage.headline or attempts.my_attempts(earner)[0].attempt
    return {
        "catalog": reverse("catalog:list"),
        "micro_credential": reverse("catalog:show", kwargs={"slug": headline.micro_credential}),
        "attempt": reverse("assessment:attempt", kwargs={"ref": attempt.ref}),
        "scoring_desk": _scoring_desk(stage),
        "badge": reverse("awards:badge", kwargs={"award_uuid": badge.uuid}),
        "credential": reverse("awards:credential", kwargs={"award_uuid": badge.uuid}),
        "ledger": reverse("recognition:ledger"),
        "verify": reverse("awards:verify"),
        "journal": reverse("journal"),
    }


def _scoring_desk(stage: Stage) -> str:
    """A reading that is still open, the headline's where there is one; the queue where there is none."""
    for attempt in filter(None, [stage.headline, *stage.attempts]):
        panel = attempts.current_submission(attempt).panel
        reading = panel.assignments.filter(status__in=AT_WORK).order_by("-seat").first() if panel else None
        if reading:
            return reverse("desk:read", kwargs={"ref": reading.ref})
    return reverse("desk:queue")


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
