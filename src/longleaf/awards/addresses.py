"""The public addresses that badges carry for as long as they live, made from one setting and never from a request.

They are written out here, not asked of `urls.py`, so that a page may be renamed and a badge that was signed years ago
is still where it says. A test holds the two together.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings

from longleaf.engines.openbadges.controllers import did_web

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation
    from longleaf.frameworks.models import FrameworkItem


def issuer_id(organisation: Organisation) -> str:
    """The issuer's did:web, such as `did:web:badges.example:issuers:prairie-institute`."""
    return did_web(profile(organisation))


def installation_id() -> str:
    """The did:web of the installation itself, which is that of its host."""
    return did_web(settings.PUBLIC_URL)


def profile(organisation: Organisation) -> str:
    return f"{settings.PUBLIC_URL}/issuers/{organisation.slug}"


def achievement(version: Version) -> str:
    return f"{settings.PUBLIC_URL}/achievements/{version.uuid}"


def achievement_picture(version: Version) -> str:
    return f"{achievement(version)}/badge.png"


def badge(award_uuid: uuid.UUID) -> str:
    return f"{settings.PUBLIC_URL}/badges/{award_uuid}/"


def credential(award_uuid: uuid.UUID) -> str:
    return f"{badge(award_uuid)}credential.json"


def evidence_file(award_uuid: uuid.UUID, key: str) -> str:
    return f"{badge(award_uuid)}evidence/{quote(key, safe='')}"


def endorsement(endorsement_uuid: uuid.UUID) -> str:
    return f"{settings.PUBLIC_URL}/endorsements/{endorsement_uuid}"


def status_list(list_uuid: uuid.UUID) -> str:
    return f"{settings.PUBLIC_URL}/status/{list_uuid}"


def framework_item(item: FrameworkItem) -> str:
    """Where the standards are listed, at the item's own code."""
    return f"{settings.PUBLIC_URL}/standards/#{quote(item.code)}"
