"""Badge artwork, drawn from what the badge is about: the colour and the icon of its family, a banner with its level.

Pure functions: values in, SVG text out. The drawing uses plain shapes and no font file, so that it looks the same as an
image, in print and in somebody else's wallet. Colour never carries the meaning alone: each family also has its icon and
the texture of its ground.
"""

from __future__ import annotations

from math import cos, radians, sin
from xml.sax.saxutils import escape, quoteattr

# What an icon shows, for those who choose one.
ICON_TITLES = {
    "book": "Open book",
    "chat": "Speech bubbles",
    "chip": "Chip",
    "hands": "Hand and heart",
    "leaf": "Leaves",
    "compass": "Compass",
    "lens": "Magnifying glass",
}
# Every drawing fills a square of 24 units.
ICONS = {
    "book": "M3 5.2c3.2-1 6-.7 9 1.2 3-1.9 5.8-2.2 9-1.2v13.6c-3.2-1-6-.7-9 1.2-3-1.9-5.8-2.2-9-1.2zM12 6.4V20",
    "chat": "M3 4.5h12.5v8.5H8.5L5 16v-3H3zM18.5 9H21v8.5h-2v3l-3.5-3H10V16",
    "chip": (
        "M7 7h10v10H7zM10.5 10.5h3v3h-3zM9.5 7V3M14.5 7V3M9.5 21v-4M14.5 21v-4M7 9.5H3M7 14.5H3M21 9.5h-4M21 14.5h-4"
    ),
    "hands": (
        "M2.5 13.5c2.5-2 4.5-2 6.5-.5l2.5 1.8h3c1.8 0 1.8 2.5 0 2.5h-4M14.8 16.5l4.5-3c1.7-1 2.9.8 1.5 2"
        "l-6.3 5H9l-6.5-1.5M12 10.5C8.5 8.5 7.5 6.8 8 5.2c.6-1.9 3-2 4-.2 1-1.8 3.4-1.7 4 .2.5 1.6-.5 3.3-4 5.3z"
    ),
    "leaf": "M12 21.5V10M12 14C7.5 14 4.5 11 4 5.5 9.5 6 12 9 12 14zM12 17.5c4.5 0 7.5-3 8-8.5-5.5.5-8 3.5-8 8.5z",
    "compass": "M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zM15.8 8.2l-2.3 5.3-5.3 2.3 2.3-5.3z",
    "lens": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM15.2 15.2L21 21M7 11.5l2-2.5 2 2 2.5-3",
}
SAND, BARK, INK, WHITE = "#f3ecdc", "#6b4a2f", "#1b1f1d", "#ffffff"
# Texture of the ground, so that families differ in black and white too: lines at an angle, this far apart.
TEXTURES = {
    "book": (0, 11),
    "chat": (45, 11),
    "chip": (90, 11),
    "hands": (135, 11),
    "leaf": (65, 15),
    "compass": (20, 15),
    "lens": (155, 15),
}
CENTRE, RADIUS, ICON_SCALE = 120, 100, 4
MOST_LETTERS = 20
# Whatever serif the reader's machine has, a bold letter is about this wide in relation to its height.
WIDTH_OF_A_LETTER, WIDEST_LINE = 0.68, 178


def badge_svg(
    *, title: str, family_colour: str, icon: str, level_words: str | None = None, size: int = 480, further: str = ""
) -> str:
    """Give the artwork of a badge as a standalone SVG image.

    `title` is what the image says to somebody who cannot see it. `family_colour` is `#rrggbb`, `icon` one of `ICONS`;
    `level_words`, if any, stands on the banner and is shortened where it would not fit. `size` is the width and height
    in pixels; the drawing stays legible from 48 up. `further` is told beside the title and not drawn. Raises ValueError
    for an unknown icon or an unreadable colour.
    """
    if icon not in ICONS:
        raise ValueError(f"There is no badge icon {icon!r}. Choose one of: {', '.join(sorted(ICONS))}.")
    colour = _checked_colour(family_colour)
    label = f"{title}, {level_words}" if level_words else title
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 240 240" '
        f'role="img" aria-label={quoteattr(label)}>',
        f"<title>{escape(label)}</title>",
        f"<desc>{escape(further)}</desc>" if further else "",
        _ground(colour),
        _texture(icon),
        _needles(crown_only=bool(level_words)),
        _drawing(icon, raised=bool(level_words)),
        _banner(level_words) if level_words else "",
        "</svg>",
    ]
    return "".join(parts)


def _checked_colour(colour: str) -> str:
    digits = colour.removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        raise ValueError(f"{colour!r} is not a colour. Write it as #rrggbb, for example #1f4d3a.")
    return _dark_enough(f"#{digits.lower()}")


def _dark_enough(colour: str) -> str:
    """Give the colour, or a darker shade of it on which white reaches a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    while _luminance(colour) > 0.183:
        colour = "#" + "".join(f"{int(channel * 0.92):02x}" for channel in _channels(colour))
    return colour


def _luminance(colour: str) -> float:
    """Give the relative luminance as WCAG 2.2 defines it."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _ground(colour: str) -> str:
    rings = ((RADIUS + 12, WHITE), (RADIUS + 10, BARK), (RADIUS + 6, SAND), (RADIUS, colour))
    return "".join(f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{radius}" fill="{fill}"/>' for radius, fill in rings)


def _texture(icon: str) -> str:
    """Give parallel chords of the ground, cut to the circle here so that no renderer needs to clip."""
    angle, step = TEXTURES[icon]
    chords = []
    for distance in range(-RADIUS + step, RADIUS, step):
        half = (RADIUS**2 - distance**2) ** 0.5
        (from_x, from_y), (to_x, to_y) = _turned(-half, distance, angle), _turned(half, distance, angle)
        chords.append(f"M{from_x:.1f} {from_y:.1f}L{to_x:.1f} {to_y:.1f}")
    return f'<path d="{"".join(chords)}" fill="none" stroke="{WHITE}" stroke-width="1.6" stroke-opacity="0.14"/>'


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return CENTRE + x * cos(turn) - y * sin(turn), CENTRE + x * sin(turn) + y * cos(turn)


def _needles(*, crown_only: bool) -> str:
    """Give the signature of Longleaf: its needles, in their bundles of three, around the icon.

    A banner covers the foot of the roundel, so there they would be wasted.
    """
    reach = 116 if crown_only else 180
    bundles = 15 if crown_only else 22
    step = 2 * reach / (bundles - 1 if crown_only else bundles)
    needles = [_needle(angle=-reach + step * number, lean=lean) for number in range(bundles) for lean in (-5.5, 0, 5.5)]
    return (
        f'<path d="{"".join(needles)}" fill="none" stroke="{SAND}" stroke-width="2.4" stroke-linecap="round" '
        'stroke-opacity="0.62"/>'
    )


def _needle(*, angle: float, lean: float) -> str:
    """One needle from the inner ring outwards; the outer two of a bundle lean away from the middle one."""
    root_x, root_y = _on_ring(71, angle)
    tip_x, tip_y = _on_ring(93 - abs(lean) * 0.5, angle + lean)
    return f"M{root_x:.1f} {root_y:.1f}L{tip_x:.1f} {tip_y:.1f}"


def _on_ring(radius: float, angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return CENTRE + radius * sin(turn), CENTRE - radius * cos(turn)


def _drawing(icon: str, *, raised: bool) -> str:
    left, top = CENTRE - 12 * ICON_SCALE, CENTRE - 12 * ICON_SCALE - (14 if raised else 0)
    return (
        f'<path d="{ICONS[icon]}" transform="translate({left:.1f} {top:.1f}) scale({ICON_SCALE})" fill="none" '
        f'stroke="{WHITE}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _banner(level_words: str) -> str:
    words = _shortened(level_words)
    size = min(26, WIDEST_LINE / (len(words) * WIDTH_OF_A_LETTER))
    return (
        f'<path d="M10 168l20-6v40l-20 6 10-20zM230 168l-20-6v40l20 6-10-20z" fill="{BARK}"/>'
        f'<path d="M24 158h192v44H24z" fill="{SAND}" stroke="{BARK}" stroke-width="3"/>'
        f'<text x="{CENTRE}" y="{180 + size * 0.35:.1f}" text-anchor="middle" '
        f'font-family="Georgia, \'DejaVu Serif\', serif" font-weight="bold" font-size="{size:.1f}" '
        f'fill="{INK}">{escape(words)}</text>'
    )


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1].rstrip() + "…"
