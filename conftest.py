"""The cast and the stage that every test may ask for, and a database that forgets even what it must never forget."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from longleaf.catalog.models import Family, Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.models import JournalHead
from longleaf.journal.recording import FIRST_DIGEST
from longleaf.kit import keeping
from tests import cast, chromium, one_meaning

append_only = import_module("longleaf.journal.migrations.0002_append_only")

FAST_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database, so that the rest need not run again on a second one.

    Before pytest chooses by marker, which it does in this same hook as one of the last.
    """
    for item in items:
        asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if asks or item.get_closest_marker("django_db"):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Modules, models and thousands of tests stay to the end; searching them for garbage takes a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True)
def _quick_and_at_home(settings: Any, tmp_path: Any) -> None:
    """Passwords are hashed fast, files land in the test's own folder, and nothing works in the background by itself."""
    settings.PASSWORD_HASHERS = FAST_HASHER
    settings.MEDIA_ROOT = tmp_path / "evidence"
    settings.WORK_IN_PROCESS = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def _names_mean_one_thing() -> Iterator[None]:
    """A page whose view gives a name that every page has is not drawn."""
    with pytest.MonkeyPatch.context() as patch:
        one_meaning.hold_to_it(patch)
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What was worked out of one test's database says nothing of the next one's."""
    keeping.forget()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for the whole run: a second one beside it cannot be started.

    Its own loop runs in this thread; the database is asked from it all the same.
    """
    if not chromium.CHROMIUM:
        pytest.skip(chromium.MISSING)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=chromium.CHROMIUM, args=chromium.CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def pango() -> None:
    """Paper is drawn with a library of the machine; without it a test of paper has nothing to look at."""
    try:
        import_module("weasyprint")
    except OSError as missing:
        pytest.skip(f"WeasyPrint finds no Pango on this machine: {missing}")


@pytest.fixture
def stage(db: None) -> dict[str, Any]:
    """The state with its organisations and standards."""
    state = cast.make_state()
    return {"state": state, "organisations": cast.make_organisations(state), "items": cast.make_items(state)}


@pytest.fixture
def state(stage: dict[str, Any]) -> State:
    return stage["state"]


@pytest.fixture
def items(stage: dict[str, Any]) -> dict[str, Any]:
    return stage["items"]


@pytest.fixture
def agency(stage: dict[str, Any]) -> Organisation:
    return stage["organisations"]["AGENCY"]


@pytest.fixture
def issuer(stage: dict[str, Any]) -> Organisation:
    return stage["organisations"]["ISSUER"]


@pytest.fixture
def district(stage: dict[str, Any]) -> Organisation:
    return stage["organisations"]["D1"]


@pytest.fixture
def other_district(stage: dict[str, Any]) -> Organisation:
    return stage["organisations"]["D2"]


@pytest.fixture
def document() -> dict[str, Any]:
    return cast.make_document()


@pytest.fixture
def version(state: State, issuer: Organisation, items: dict[str, Any], document: dict[str, Any]) -> Version:
    return cast.publish(state, issuer, document, [items["MTS-2"]])


@pytest.fixture
def family(version: Version) -> Family:
    return version.micro_credential.family


@pytest.fixture
def educator(district: Organisation) -> Person:
    return cast.make_person("Erin Earner", (district, Role.EDUCATOR))


@pytest.fixture
def other_educator(district: Organisation) -> Person:
    return cast.make_person("Oscar Otherwise", (district, Role.EDUCATOR))


@pytest.fixture
def first_assessor(issuer: Organisation, other_district: Organisation) -> Person:
    return cast.make_person("Ada First", (issuer, Role.ASSESSOR), (other_district, Role.EDUCATOR))


@pytest.fixture
def second_assessor(issuer: Organisation) -> Person:
    return cast.make_person("Ben Second", (issuer, Role.ASSESSOR))


@pytest.fixture
def third_assessor(issuer: Organisation) -> Person:
    return cast.make_person("Cleo Third", (issuer, Role.ASSESSOR))


@pytest.fixture
def lead_assessor(issuer: Organisation) -> Person:
    return cast.make_person("Lena Lead", (issuer, Role.LEAD_ASSESSOR))


@pytest.fixture
def designer(issuer: Organisation) -> Person:
    return cast.make_person("Dora Designer", (issuer, Role.DESIGNER))


@pytest.fixture
def issuing_officer(issuer: Organisation) -> Person:
    return cast.make_person("Ivo Issuer", (issuer, Role.ISSUER))


@pytest.fixture
def psu_officer(district: Organisation) -> Person:
    return cast.make_person("Petra Officer", (district, Role.PSU_OFFICER))


@pytest.fixture
def state_officer(agency: Organisation) -> Person:
    return cast.make_person("Saul State", (agency, Role.STATE_OFFICER))


@pytest.fixture
def stranger(db: None) -> Person:
    return cast.make_person("Stella Stranger")


@pytest.fixture
def client_of() -> Callable[[Person | None], Client]:
    """A browser-like client in which a person is signed in, or nobody."""

    def signed_in(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite is tested as it is run: a file with a write-ahead log, because only that lets threads wait their turn."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "longleaf.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """A test with real transactions is tidied up by emptying all tables, which the journal refuses. Let it for once.

    Every connection learns it: beside a browser, whose loop runs in this thread, another one is used.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_the_journal_too(self: Any, statements: list[str]) -> None:
        switch_journal_triggers(on=False)
        flush(self, statements)
        switch_journal_triggers(on=True)
        JournalHead.objects.create(number=0, digest=FIRST_DIGEST)

    operations.execute_sql_flush = flush_the_journal_too  # type: ignore[method-assign]
    yield
    operations.execute_sql_flush = flush  # type: ignore[method-assign]


def switch_journal_triggers(*, on: bool) -> None:
    """Put the triggers that keep the journal append-only in force, or out of force."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE journal_journalline {'ENABLE' if on else 'DISABLE'} TRIGGER USER")
            return
        for trigger in append_only.SQLITE:
            name = trigger.split()[2]
            cursor.execute(trigger if on else f"DROP TRIGGER IF EXISTS {name}")
