from itertools import combinations

import pytest
from defusedxml.ElementTree import fromstring

from longleaf.catalog.artwork import ICONS, TEXTURES, badge_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(**changes: object) -> str:
    values: dict[str, object] = {"title": "Reading", "family_colour": "#1f4d3a", "icon": "book"}
    return badge_svg(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("icon", sorted(ICONS))
def test_every_icon_gives_an_image_that_says_what_it_is(icon: str) -> None:
    image = fromstring(drawn(icon=icon, level_words="Foundations"))
    assert image.get("role") == "img"
    assert image.get("aria-label") == "Reading, Foundations"
    assert image.findtext(f"{SVG}title") == "Reading, Foundations"
    assert image.findtext(f"{SVG}text") == "Foundations"


def test_a_title_cannot_break_out_of_the_drawing() -> None:
    title = '"/><script>alert(1)</script>&'
    image = fromstring(drawn(title=title, level_words="<b>"))
    assert image.findtext(f"{SVG}title") == f"{title}, <b>"
    assert {element.tag.removeprefix(SVG) for element in image.iter()} == {"svg", "title", "circle", "path", "text"}


def test_it_asks_for_nothing_from_elsewhere() -> None:
    text = drawn(level_words="Advanced").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert "url(" not in text
    assert "style=" not in text


def test_families_differ_without_colour() -> None:
    assert set(ICONS) == set(TEXTURES)
    assert all(one != other for one, other in combinations(TEXTURES.values(), 2))
    grounds = [drawn(icon=icon, family_colour="#333333") for icon in ICONS]
    assert len(set(grounds)) == len(ICONS)


def test_a_light_family_colour_is_darkened_until_the_icon_can_be_seen() -> None:
    assert 'fill="#ffe100"' not in drawn(family_colour="#ffe100")
    assert 'fill="#1f4d3a"' in drawn(family_colour="#1F4D3A")


def test_a_long_level_is_shortened_and_made_smaller() -> None:
    image = fromstring(drawn(level_words="Demonstrated with distinction and honour"))
    words = image.find(f"{SVG}text")
    assert words is not None
    assert words.text == "Demonstrated with d…"
    assert float(words.get("font-size", "0")) * len(words.text) <= 178 / 0.68 + 1


def test_without_a_level_there_is_no_banner() -> None:
    assert fromstring(drawn()).find(f"{SVG}text") is None


def test_the_same_values_give_the_same_drawing() -> None:
    assert drawn(level_words="Advanced") == drawn(level_words="Advanced")


def test_an_unknown_icon_or_colour_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match="Choose one of: book, chat"):
        drawn(icon="rocket")
    with pytest.raises(ValueError, match="#rrggbb"):
        drawn(family_colour="green")
