"""Carrying a credential inside a picture: PNG and SVG, in and out.

PNG: one uncompressed iTXt chunk with the keyword of the credential's standard. SVG: one element in that standard's
namespace, with the JSON as its text or the token in its `verify` attribute. Follows Open Badges 3.0 and Comprehensive
Learner Record 2.0, section "Baked Badge", and Open Badges Baking 2.0. Pictures come from strangers: only their
structure is walked, no pixel is decoded, no entity is expanded, and whatever is odd is refused with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from xml.sax.saxutils import quoteattr

from . import png, svg
from .errors import CannotBake, UnreadableMaterial

PNG_SIGNATURE = png.SIGNATURE
_Found = TypeVar("_Found")
_FRESH = "Ask the issuer or the earner for the badge file itself."


@dataclass(frozen=True)
class Form:
    """How one standard's credentials lie in pictures: the keyword in a PNG; namespace and element in an SVG."""

    keyword: bytes
    namespace: str
    element: str

    @property
    def tag(self) -> str:
        return f"{{{self.namespace}}}{self.element}"


OPEN_BADGES_3 = Form(b"openbadgecredential", "https://purl.imsglobal.org/ob/v3p0", "credential")
CLR_2 = Form(b"clrcredential", "https://purl.imsglobal.org/clr/v2p0", "credential")
# So were those before it, since pictures carry badges.
OPEN_BADGES_2 = Form(b"openbadges", "http://openbadges.org", "assertion")
FORMS = (OPEN_BADGES_3, CLR_2, OPEN_BADGES_2)


def bake_png(picture: bytes, credential: str, *, form: Form = OPEN_BADGES_3) -> bytes:
    """The PNG with the credential (JSON text or token) in it, in place of any it carried before.

    Raises `CannotBake` if the picture is no sound PNG or the credential is not plain ASCII.
    """
    chunk = png.itxt(form.keyword, _ascii(credential))
    try:
        chunks = list(png.chunks(picture))
    except UnreadableMaterial as problem:
        raise CannotBake(str(problem)) from None
    kept = [found.whole for found in chunks if _form_of(found) is None]
    return b"".join([PNG_SIGNATURE, kept[0], chunk, *kept[1:]])


def unbake_png(picture: bytes) -> str:
    """The credential that a PNG carries. Raises `UnreadableMaterial` with the reason if there is none."""
    carried = [(form, found) for found in png.chunks(picture) if (form := _form_of(found))]
    form, found = _only_one(carried, "The picture carries no credential: it may have been copied or resized.")
    return png.text_of(found, plain=form is OPEN_BADGES_2)


def bake_svg(picture: bytes, credential: str, *, form: Form = OPEN_BADGES_3) -> bytes:
    """The SVG with the credential in it, in place of any it carried before; the rest stays byte for byte.

    Raises `CannotBake` if the picture is no sound SVG in UTF-8 or the credential is not plain ASCII.
    """
    element = _svg_element(_ascii(credential).decode("ascii"), form)
    try:
        found = svg.walk(picture, tags=[form.tag for form in FORMS])
    except UnreadableMaterial as problem:
        raise CannotBake(str(problem)) from None
    if not picture.startswith(b"</", found.end):
        raise CannotBake("The picture is empty: its svg element has no content. Choose another picture.")
    for start, end in reversed(found.spans):
        picture = picture[:start] + picture[end:]
    place = found.end - sum(end - start for start, end in found.spans)
    return picture[:place] + element.encode("ascii") + picture[place:]


def unbake_svg(picture: bytes) -> str:
    """The credential that an SVG carries. Raises `UnreadableMaterial` with the reason if there is none."""
    found = svg.walk(picture, tags=[form.tag for form in FORMS])
    forms = {form.tag: form for form in FORMS}
    carried = [(forms[element.tag], element) for element in found.elements]
    form, element = _only_one(carried, "The picture carries no credential.")
    # Open Badges 2.0 writes the address beside the assertion; elsewhere, two are two.
    if form is not OPEN_BADGES_2 and element.text and element.verify:
        raise UnreadableMaterial(f"The credential in the picture is given twice in different ways. {_FRESH}")
    if not (text := element.text or element.verify):
        raise UnreadableMaterial(f"The credential in the picture is empty. {_FRESH}")
    return text


def _form_of(chunk: png.Chunk) -> Form | None:
    return next((form for form in FORMS if chunk.keyword == form.keyword), None)


def _only_one(carried: list[tuple[Form, _Found]], nothing: str) -> tuple[Form, _Found]:
    """The one credential of a picture. A newer one may have an Open Badges 2.0 assertion beside it, for old readers."""
    newer = [each for each in carried if each[0] is not OPEN_BADGES_2] or carried
    if not newer:
        raise UnreadableMaterial(f"{nothing} {_FRESH}")
    if len(newer) > 1:
        raise UnreadableMaterial(f"The picture carries {len(newer)} credentials, so none can be trusted. {_FRESH}")
    return newer[0]


def _svg_element(credential: str, form: Form) -> str:
    name = f"openbadges:{form.element}"
    opening = f'<{name} xmlns:openbadges="{form.namespace}"'
    if not credential.startswith("{"):
        return f"{opening} verify={quoteattr(credential)}></{name}>"
    # A CDATA section ends at the first ]]>; in JSON text the > may be written as an escape instead.
    return f"{opening}><![CDATA[{credential.replace(']]>', ']]' + chr(92) + 'u003e')}]]></{name}>"


def _ascii(credential: str) -> bytes:
    try:
        return credential.encode("ascii")
    except UnicodeEncodeError:
        raise CannotBake(
            "The credential must be in ASCII before it is baked, as `json.dumps` writes it: readers differ on the rest."
        ) from None
