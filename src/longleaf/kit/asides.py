"""Parts of a page that an upper app contributes to a lower one's.

A lower app must not import an upper one, yet the page of a micro-credential tells what it is worth to its reader. So
the page asks for its asides by the name of a setting, and the setting lists functions of upper apps. Each takes the
request and the subject and returns the aside's HTML, or an empty string when it has nothing to say.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


def render_asides(setting: str, request: HttpRequest, *, subject: object) -> list[SafeString]:
    """The asides that `settings.<setting>` lists, in its order, without the empty ones."""
    rendered = (import_string(path)(request, subject) for path in getattr(settings, setting))
    return [SafeString(html) for html in rendered if html]
