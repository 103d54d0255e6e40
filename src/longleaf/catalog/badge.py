"""The badge of a version: its family's colour, an icon, and on the banner what somebody has shown who earned it."""

from __future__ import annotations

from longleaf.catalog.artwork import ICONS, badge_svg
from longleaf.catalog.design import Design
from longleaf.catalog.models import Version
from longleaf.kit import standing

# A family may name an icon that is not drawn yet; its badge is drawn all the same.
ICON_FOR_ALL = "leaf"


def badge_of(version: Version, *, size: int = 480, icon: str = "") -> str:
    """The badge as SVG, or as it would be with another icon. The version comes with its family, as `catalog.queries`
    gives it."""
    family, design = version.micro_credential.family, Design(version.document)
    chosen = design.badge
    wanted = (icon, chosen.icon, family.icon)
    return badge_svg(
        title=version.title,
        family_colour=family.colour,
        icon=next((each for each in wanted if each in ICONS), ICON_FOR_ALL),
        level_words=chosen.banner or level_shown(version),
        size=size,
        further="" if design.standing == standing.OFFICIAL else f"Its wording: {standing.told(design.standing)}",
    )


def level_shown(version: Version) -> str:
    """The level at which a criterion is met, such as “Demonstrated”."""
    design = Design(version.document)
    return next(it.title for it in design.rubric.levels if design.panel_rule.is_met(design.rubric, it.code))
