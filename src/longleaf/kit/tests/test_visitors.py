"""Where a request comes from: what our own proxies wrote is believed, and nothing else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from longleaf.kit.visitors import visitor_of


def asked(settings, proxies, forwarded=None, nearest="192.0.2.9"):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return visitor_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=nearest))


def test_without_a_proxy_nothing_that_is_sent_along_is_believed(settings):
    assert asked(settings, 0, "203.0.113.7") == "192.0.2.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "visitor"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        (1, "1.1.1.1,2.2.2.2 , 203.0.113.7", "203.0.113.7"),
        (2, "10.9.9.9, 203.0.113.7, 198.51.100.2", "203.0.113.7"),
        # Fewer entries than proxies: somebody came around them, so the nearest is all that is known.
        (2, "203.0.113.7", "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, " , ,", "192.0.2.9"),
        (1, None, "192.0.2.9"),
    ],
)
def test_it_counts_from_the_end(settings, proxies, forwarded, visitor):
    assert asked(settings, proxies, forwarded) == visitor


def test_whoever_has_a_whole_network_is_one_visitor(settings):
    first = asked(settings, 0, nearest="2001:db8:1:2:aaaa::1")
    assert first == asked(settings, 0, nearest="2001:db8:1:2:bbbb::2") == "2001:db8:1:2::/64"
    assert asked(settings, 0, nearest="2001:db8:1:3::1") != first
    assert asked(settings, 0, nearest="::ffff:203.0.113.7") == "203.0.113.7"


@pytest.mark.parametrize("odd", ["unknown", "", "a" * 500, "fe80::1%eth0"])
def test_what_is_no_address_is_a_visitor_too(settings, odd):
    assert len(asked(settings, 0, nearest=odd)) <= 100
