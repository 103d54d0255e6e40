"""The Jinja2 environment of all our pages: escaped, strict, with the same words for dates and numbers everywhere."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined

from longleaf.kit import authored, dates, following, numbers, words
from longleaf.kit.components import Components
from longleaf.kit.kept_parts import KeptParts
from longleaf.kit.standing import labelled, standing_of


@lru_cache(maxsize=4096)
def url(view_name: str, *args: Hashable, **kwargs: Hashable) -> str:
    """Give the address of a named page: `url("catalog:show", slug="x")`."""
    return reverse(view_name, args=args or None, kwargs=kwargs or None)


def environment(*, autoescape: bool = True, undefined: object = None, **options: Any) -> Environment:
    """Give the environment for pages. A name that a view forgot to pass is an error, not an empty space."""
    cache = _bytecode_cache()
    made = Environment(
        autoescape=True, undefined=StrictUndefined, bytecode_cache=cache, extensions=[KeptParts], **options
    )
    return _furnished(made)


def _bytecode_cache() -> FileSystemBytecodeCache:
    """Compiled templates are kept on disk, so that a new worker's first page is not the slow one."""
    folder = settings.VAR / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def forms_environment(*, autoescape: bool = True, undefined: object = None, **options: Any) -> Environment:
    """Give the environment for form fields, lenient because Django's own widget templates count on it."""
    return _furnished(Environment(autoescape=True, **options))


def _furnished(made: Environment) -> Environment:
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(url=url, static=static, htmx_script=htmx_script, ui=Components(made))
    made.globals.update(standing_of=standing_of, labelled=labelled)
    made.filters.update(FILTERS)
    return made


FILTERS: dict[str, Callable[..., Any]] = {
    "day": dates.day,
    "clock": dates.clock,
    "day_and_time": dates.day_and_time,
    "machine_date": dates.machine_date,
    "machine_day": dates.machine_day,
    "distance": dates.distance,
    "number": numbers.number,
    "file_size": numbers.file_size,
    "words": words.count_words,
    "markdown": authored.markdown,
    "followable": following.followable,
}
