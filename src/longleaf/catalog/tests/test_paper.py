"""The packet as PDF: it opens, it is tagged, it needs no network, and it is honest where it cannot be."""

from __future__ import annotations

import sys

import pytest
from django.core.cache import cache

from longleaf.catalog import paper
from tests import cast
from tests.paper import unpacked

SLUG = "feedback-that-moves-learning"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("pango")
def test_the_packet_is_a_tagged_pdf_with_title_and_language(version, client):
    response = client.get(f"/catalog/{SLUG}/packet.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="{SLUG}-version-1.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    assert response.content.rstrip().endswith(b"%%EOF")
    inside = unpacked(response.content)
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (en)", b'pdfuaid:part="1"', b"/H1", b"/TH"):
        assert sign in inside, sign
    assert b"Feedback that moves learning: packet" in inside


@pytest.mark.usefixtures("pango")
def test_nothing_is_fetched_from_elsewhere(caplog):
    with caplog.at_level("ERROR", logger="weasyprint"):
        pdf = paper.pdf_of(
            '<html lang="en"><title>t</title><img alt="x" src="http://127.0.0.1:9/x.png"><p>so</p></html>'
        )
    assert pdf.startswith(b"%PDF")
    assert "is not a static file of this installation" in caplog.text


@pytest.mark.usefixtures("pango")
def test_each_version_has_its_own_pdf(version, state, issuer, client):
    cast.publish(state, issuer, cast.make_document(title="Another title"))
    first = unpacked(client.get(f"/catalog/{SLUG}/packet.pdf?version=1").content)
    second = unpacked(client.get(f"/catalog/{SLUG}/packet.pdf").content)
    assert b"Another title: packet" in second
    assert b"Another title: packet" not in first


def test_without_pango_it_says_so_and_points_to_printing(version, client, monkeypatch, tmp_path):
    # What importing WeasyPrint does on a machine without the library.
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    response = client.get(f"/catalog/{SLUG}/packet.pdf")
    assert response.status_code == 503
    page = response.content.decode()
    assert "PDFs cannot be drawn here" in page
    assert f"/catalog/{SLUG}/packet/" in page
    assert "libpango-1.0-0" in page
