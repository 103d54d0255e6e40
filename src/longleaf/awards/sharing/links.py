"""Ways to show a badge elsewhere: a profile at LinkedIn, a snippet for a page of one's own."""

from __future__ import annotations

from datetime import datetime
from html import escape
from urllib.parse import urlencode

from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.models import Award

LINKEDIN = "https://www.linkedin.com/profile/add"


def linkedin(award: Award, *, expires_at: datetime | None) -> str:
    """Where LinkedIn adds a licence or certification to a profile, with its form filled in."""
    earned = timezone.localtime(award.earned_at)
    told: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": award.version.title,
        "organizationName": award.issuer.name,
        "issueYear": earned.year,
        "issueMonth": earned.month,
        "certUrl": addresses.badge(award.uuid),
        "certId": str(award.uuid),
    }
    if expires_at:
        until = timezone.localtime(expires_at)
        told |= {"expirationYear": until.year, "expirationMonth": until.month}
    return f"{LINKEDIN}?{urlencode(told)}"


def snippet(award: Award) -> str:
    """A picture that links to the badge's page, for any page that takes HTML.

    No frame and no script: nothing of ours runs on other people's pages, and our own pages are framed by none. The
    picture is fetched from here, so it disappears when the earner makes the badge private.
    """
    page = addresses.badge(award.uuid)
    says = escape(f"{award.version.title}, awarded by {award.issuer.name}: open the badge and verify it", quote=True)
    return f'<a href="{page}"><img src="{page}badge.png" alt="{says}" width="160" height="160"></a>'
