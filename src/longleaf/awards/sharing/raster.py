"""From the SVG that `catalog.artwork` draws to pixels: circles, paths and one line of words, smoothed by oversampling.

It reads just what our own artwork uses (paths with lines, curves and arcs of circles), because a badge needs
a PNG, and no library that renders SVG is at hand everywhere. Pure: text in, bytes out; never given a stranger's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from math import atan2, ceil, cos, hypot, pi, sin, sqrt
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

OVERSAMPLING = 3
STEPS_OF_A_CURVE = 14
_TOKEN = re.compile(r"[MmLlHhVvCcSsQqAaZz]|-?(?:\d+\.?\d*|\.\d+)")
_TRANSFORM = re.compile(r"(translate|scale)\(([^)]*)\)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}


def png_of(svg: str, *, size: int) -> bytes:
    """Give the drawing as a PNG of `size` by `size` pixels with a transparent ground."""
    root = fromstring(svg)
    width = float(root.get("viewBox", "0 0 240 240").split()[2])
    sheet = _Sheet(size * OVERSAMPLING, size * OVERSAMPLING / width)
    for element in root:
        sheet.draw(element)
    written = BytesIO()
    sheet.image.resize((size, size), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


@dataclass(frozen=True)
class _Placing:
    """Where a drawing's own units land on the sheet."""

    scale: float
    x: float = 0.0
    y: float = 0.0

    @classmethod
    def of(cls, transform: str, scale: float) -> _Placing:
        placing = cls(scale)
        for name, inside in _TRANSFORM.findall(transform):
            numbers = [float(number) for number in inside.replace(",", " ").split()]
            if name == "translate":
                x, y = numbers
                placing = replace(placing, x=placing.x + x * placing.scale, y=placing.y + y * placing.scale)
            else:
                placing = replace(placing, scale=placing.scale * numbers[0])
        return placing

    def __call__(self, point: Point) -> Point:
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale


class _Sheet:
    def __init__(self, side: int, scale: float) -> None:
        self.image = Image.new("RGBA", (side, side), (255, 255, 255, 0))
        self._scale = scale

    def draw(self, element: Element) -> None:
        kind = element.tag.rpartition("}")[2]
        if kind == "circle":
            self._circle(element)
        elif kind == "path":
            self._path(element)
        elif kind == "text":
            self._words(element)

    def _circle(self, element: Element) -> None:
        x, y, radius = (float(element.get(name, "0")) * self._scale for name in ("cx", "cy", "r"))
        ImageDraw.Draw(self.image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=element.get("fill"))

    def _path(self, element: Element) -> None:
        placing = _Placing.of(element.get("transform", ""), self._scale)
        lines = [[placing(point) for point in line] for line in subpaths(element.get("d", ""))]
        fill, stroke = element.get("fill", "none"), element.get("stroke", "none")
        if fill != "none":
            for line in lines:
                ImageDraw.Draw(self.image).polygon(line, fill=fill)
        if stroke != "none":
            width = float(element.get("stroke-width", "1")) * placing.scale
            self._strokes(lines, stroke, width, float(element.get("stroke-opacity", "1")))

    def _strokes(self, lines: list[list[Point]], colour: str, width: float, opacity: float) -> None:
        """Strokes of one path are laid on together, so that they do not shine through where they cross."""
        mask = Image.new("L", self.image.size, 0)
        pen = ImageDraw.Draw(mask)
        for line in lines:
            pen.line(line, fill=255, width=ceil(width), joint="curve")
            for x, y in (line[0], line[-1]):
                pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
        if opacity < 1:
            mask = mask.point([int(value * opacity) for value in range(256)])
        # Lines stay inside what is drawn already, so that the ground under them is opaque and stays so.
        self.image.paste(colour, (0, 0), mask)

    def _words(self, element: Element) -> None:
        words, size = element.text or "", float(element.get("font-size", "20")) * self._scale
        font = ImageFont.load_default(size)
        room = float(element.get("textLength", "0")) * self._scale
        if room and font.getlength(words) > room:
            font = ImageFont.load_default(size * room / font.getlength(words))
        place = (float(element.get("x", "0")) * self._scale, float(element.get("y", "0")) * self._scale)
        bold = max(1, round(size * 0.035))
        ImageDraw.Draw(self.image).text(
            place,
            words,
            font=font,
            anchor="ms",
            fill=element.get("fill"),
            stroke_width=bold,
            stroke_fill=element.get("fill"),
        )


def subpaths(d: str) -> Iterator[list[Point]]:
    """The lines of a path's `d`, its curves cut into short straight pieces. A closed line ends where it began."""
    line: list[Point] = []
    at: Point = (0.0, 0.0)
    handle: Point | None = None
    for command, numbers in _commands(d):
        name = command.upper()
        if name == "M" and line:
            yield line
        if name == "Z":
            yield [*line, line[0]]
            at, line, handle = line[0], [], None
            continue
        if not line and name != "M":
            line = [at]
        points = _absolute(command, numbers, at)
        if name == "M":
            line = [points[0]]
        else:
            line.extend(_pieces(name, points, numbers, at, handle))
        handle = points[-2] if name in "CS" else None
        at = line[-1]
    if line:
        yield line


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(d):
        if token.isalpha():
            command, numbers = token, []
        else:
            numbers.append(float(token))
        if command and len(numbers) == _ARGUMENTS[command.upper()]:
            yield command, numbers
            # Further pairs after a move are lines.
            command, numbers = {"M": "L", "m": "l"}.get(command, command), []


def _absolute(command: str, numbers: list[float], at: Point) -> list[Point]:
    """The points of a command on the drawing itself; an arc has one, its end."""
    name, (x, y) = command.upper(), at if command.islower() else (0.0, 0.0)
    if name == "H":
        return [(numbers[0] + x, at[1])]
    if name == "V":
        return [(at[0], numbers[0] + y)]
    pairs = numbers[5:] if name == "A" else numbers
    return [(pairs[i] + x, pairs[i + 1] + y) for i in range(0, len(pairs), 2)]


def _pieces(name: str, points: list[Point], numbers: list[float], at: Point, handle: Point | None) -> list[Point]:
    if name == "C":
        return _curve([at, *points])
    if name == "S":
        mirrored = (2 * at[0] - handle[0], 2 * at[1] - handle[1]) if handle else at
        return _curve([at, mirrored, *points])
    if name == "Q":
        return _curve([at, *points])
    if name == "A":
        return _arc(at, points[0], numbers)
    return points


def _curve(points: list[Point]) -> list[Point]:
    """A Bézier curve of any degree (de Casteljau), without its first point."""
    return [_on_curve(points, step / STEPS_OF_A_CURVE) for step in range(1, STEPS_OF_A_CURVE + 1)]


def _on_curve(points: list[Point], t: float) -> Point:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
    return points[0]


def _arc(start: Point, end: Point, numbers: list[float]) -> list[Point]:
    """An arc of a circle from its ends, radius and flags (SVG 1.1, appendix F.6). Our artwork has no ellipses."""
    half = hypot(end[0] - start[0], end[1] - start[1]) / 2
    radius = max(numbers[0], half)
    side = 1 if bool(numbers[3]) != bool(numbers[4]) else -1
    away = side * sqrt(max(radius**2 - half**2, 0)) / half / 2 if half else 0
    centre = (
        (start[0] + end[0]) / 2 - away * (end[1] - start[1]),
        (start[1] + end[1]) / 2 + away * (end[0] - start[0]),
    )
    first = atan2(start[1] - centre[1], start[0] - centre[0])
    sweep = (atan2(end[1] - centre[1], end[0] - centre[0]) - first) % (2 * pi)
    sweep = sweep if numbers[4] else sweep - 2 * pi
    steps = max(4, ceil(abs(sweep) / (pi / 24)))
    return [
        (centre[0] + radius * cos(first + sweep * n / steps), centre[1] + radius * sin(first + sweep * n / steps))
        for n in range(1, steps + 1)
    ]
