"""Drawing our own SVG as pixels."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from longleaf.awards.sharing.raster import png_of, subpaths
from longleaf.catalog.artwork import ICONS, badge_svg


def pixels(svg: str, size: int = 240) -> Image.Image:
    return Image.open(BytesIO(png_of(svg, size=size))).convert("RGBA")


def drawn(inside: str) -> Image.Image:
    return pixels(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">{inside}</svg>')


def is_clear(picture: Image.Image, place: tuple[int, int]) -> bool:
    colour = picture.getpixel(place)
    return isinstance(colour, tuple) and colour[3] == 0


def test_a_circle_is_where_it_should_be() -> None:
    picture = drawn('<circle cx="120" cy="120" r="50" fill="#1f4d3a"/>')
    assert picture.getpixel((120, 120)) == picture.getpixel((160, 120)) == (31, 77, 58, 255)
    assert is_clear(picture, (175, 120))


def test_a_path_is_placed_and_scaled() -> None:
    picture = drawn('<path d="M0 0H10V10H0z" transform="translate(100 50) scale(4)" fill="#000000"/>')
    assert picture.getpixel((120, 70)) == (0, 0, 0, 255)
    assert is_clear(picture, (95, 45))
    assert is_clear(picture, (145, 95))


@pytest.mark.parametrize(
    ("d", "line"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("m1 2l3 4", [(1, 2), (4, 6)]),
        ("M1 2 3 4", [(1, 2), (3, 4)]),
        ("M1 1h2v3", [(1, 1), (3, 1), (3, 4)]),
        ("M0 0H4V4z", [(0, 0), (4, 0), (4, 4), (0, 0)]),
        ("M.5-.5l1.5.5", [(0.5, -0.5), (2.0, 0.0)]),
    ],
)
def test_straight_paths_are_read_as_svg_means_them(d: str, line: list[tuple[float, float]]) -> None:
    assert list(subpaths(d)) == [line]


CURVES = {"M0 0C0 10 10 10 10 0s10-10 10 0": (20, 0), "M0 0q5 10 10 0": (10, 0), "M0 0a5 5 0 0 1 10 0": (10, 0)}


@pytest.mark.parametrize(("d", "end"), CURVES.items())
def test_curves_end_where_they_should(d: str, end: tuple[float, float]) -> None:
    [line] = subpaths(d)
    assert line[-1] == pytest.approx(end)


@pytest.mark.parametrize(("sweep", "highest"), [(1, -5.0), (0, 5.0)])
def test_an_arc_bends_to_the_side_it_says(sweep: int, highest: float) -> None:
    [line] = subpaths(f"M0 0a5 5 0 0 {sweep} 10 0")
    assert max((y for _, y in line), key=abs) == pytest.approx(highest)


def test_a_path_that_closes_goes_on_from_where_it_began() -> None:
    assert list(subpaths("M1 1h2v2zM5 5h1")) == [[(1, 1), (3, 1), (3, 3), (1, 1)], [(5, 5), (6, 5)]]
    assert list(subpaths("M1 1h2v2zl1 1")) == [[(1, 1), (3, 1), (3, 3), (1, 1)], [(1, 1), (2, 2)]]


@pytest.mark.parametrize("icon", sorted(ICONS))
def test_every_family_s_badge_can_be_drawn_and_told_apart(icon: str) -> None:
    def grey(name: str) -> bytes:
        return pixels(badge_svg(title="Any", family_colour="#555555", icon=name, level_words="Met"), 64).tobytes()

    assert [name for name in ICONS if grey(name) == grey(icon)] == [icon]
