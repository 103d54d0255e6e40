"""Finding by words. Every test runs on whichever database the run is given."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longleaf.catalog import queries, search
from longleaf.catalog.facets import Asked
from longleaf.catalog.models import MicroCredential, SearchEntry, Version
from tests import cast


@pytest.fixture
def publish(state, issuer):
    def published(slug: str, **changes: object) -> Version:
        return cast.publish(state, issuer, cast.make_document(slug, **{"title": slug, **changes}))

    return published


def slugs(words: str) -> list[str]:
    return [version.micro_credential.slug for version in queries.listed(Asked(words=words))]


@pytest.mark.parametrize(
    "words", ["écriture", "ECRITURE", "ecrit", "Écritures", "summary ecriture", "ecriture, (paired)!"]
)
def test_it_finds_whatever_the_case_the_accents_and_the_ending(words, publish):
    publish("a", title="Écriture à deux", summary="A summary. Paired work.")
    publish("b", title="Something else", summary="A summary.")
    assert slugs(words) == ["a"]


def test_all_words_must_fit(publish):
    publish("a", title="Peer review of essays")
    publish("b", title="Peer tutoring")
    assert slugs("peer essays") == ["a"]
    assert slugs("peer zeppelin") == []


def test_a_word_in_the_title_comes_before_one_in_the_small_print(publish):
    publish("small-print", title="Aims", sample="x", matters="Zinnias are mentioned here only.")
    publish("summary", title="Blooms", summary="About zinnias.")
    publish("title", title="Zinnias")
    assert slugs("zinnias") == ["title", "summary", "small-print"]


def test_the_word_itself_comes_before_words_that_begin_like_it(publish):
    publish("begins", title="A readiness")
    publish("itself", title="A reading")
    assert slugs("reading") == ["itself", "begins"]


def test_it_finds_what_the_field_calls_by_another_name(publish):
    publish("spelled-out", title="Artificial intelligence in class")
    publish("short", title="AI for teachers")
    publish("neither", title="Aiming high")
    assert set(slugs("artificial intelligence")) == {"spelled-out", "short"}
    assert set(slugs("AI")) == {"spelled-out", "short"}


def test_a_standard_is_found_by_its_code(state, issuer, items):
    cast.publish(state, issuer, cast.make_document("served"), [items["MTS-1A"]])
    cast.publish(state, issuer, cast.make_document("other"), [items["MTS-2"]])
    assert slugs("MTS-1A") == ["served"]


def test_only_the_version_that_is_offered_now_is_found(publish):
    publish("a", summary="Marmalade.")
    publish("a", summary="Porridge.")
    assert slugs("marmalade") == []
    assert slugs("porridge") == ["a"]


def test_words_that_ask_for_nothing_leave_everything_in_order_of_title(publish):
    publish("b"), publish("a")
    assert slugs(" -- ?! ") == ["a", "b"]


@pytest.mark.parametrize(
    "words", ['"', "a OR b", "NOT", "title:x", "x*", "(", "' | !", "a:*", "&", "\\", "é́", "NEAR(a b)"]
)
def test_the_language_of_the_database_cannot_be_spoken(words, publish):
    publish("a")
    slugs(words)
    list(MicroCredential.objects.filter(search.called(words, version="current")))


def test_the_index_follows_a_change_that_is_taken_back(publish):
    from django.db import transaction

    publish("a", summary="Marmalade.")
    before = transaction.savepoint()
    publish("a", summary="Porridge.")
    transaction.savepoint_rollback(before)
    assert slugs("marmalade") == ["a"]
    assert slugs("porridge") == []


WORDS = ["apple", "applied", "ample", "Älpler", "sel", "grade-5", "5", "50", "cafés", "reading", "reads", "read"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def plain(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each if each.isalnum() else "" if unicodedata.combining(each) else " " for each in folded).split()


def fits(text: str, words: str) -> bool:
    """What the search promises, said without an index; the words of this test have no other names."""
    stems = {"applied": "appli", "alpler": "alpl", "cafes": "cafe", "reading": "read", "reads": "read"}
    for word in plain(words):
        begins = [each for each in plain(text) if each.startswith(stems.get(word, word))]
        if not (word in plain(text) if word.isdigit() else begins):
            return False
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2))
def test_it_finds_the_same_as_reading_every_word(texts, words, publish):
    versions = [publish(f"v{number}", title=text, summary="s") for number, text in enumerate(texts)]
    only = Version.objects.filter(pk__in=[version.pk for version in versions])
    asked = " ".join(word for word in words if word != "sel") or "apple"
    found = set(search.found(only, asked).values_list("title", flat=True))
    assert found == {text for text in texts if fits(text + " " + rest_of(versions[0], texts[0]), asked)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), name=TEXTS, words=st.lists(st.sampled_from(WORDS), max_size=3))
def test_it_finds_by_title_and_issuer_the_same_as_reading_both(texts, name, words, publish, issuer):
    asked = " ".join(word for word in words if word != "sel")
    versions = [publish(f"v{number}", title=text, summary="Apple.") for number, text in enumerate(texts)]
    only = MicroCredential.objects.filter(current__in=versions)
    found = only.filter(search.called(asked, version="current", issuers=[(issuer.code, name), ("NOBODY", "apple")]))
    expected = {text for text in texts if all(fits(text, word) or fits(name, word) for word in asked.split())}
    assert set(found.values_list("current__title", flat=True)) == expected


def test_a_title_is_found_by_what_the_field_calls_by_another_name(publish, issuer):
    version = publish("short", title="AI for teachers")
    of_all = Version.objects.filter(pk=version.pk)
    rows = MicroCredential.objects.filter(current__in=of_all)
    assert rows.filter(search.called("artificial intelligence", version="current")).exists()
    assert not rows.filter(search.called("intelligence", version="current")).exists()
    named = [(issuer.code, "Institute of Artificial Intelligence")]
    assert rows.filter(search.called("ai teachers", version="current", issuers=named)).exists()


def rest_of(version: Version, title: str) -> str:
    """The words that every document of this test shares."""
    return version.search_text.removeprefix(title) + " " + version.competency


@pytest.mark.parametrize("asked", [Asked(words="reading"), Asked(chosen={"topic": ("literacy",)})])
def test_no_key_is_looked_up_again_for_each_micro_credential(asked, publish):
    publish("a")
    plan = queries.found(asked).explain()
    # So SQLite tells that it goes through all keys for each row of the other table.
    assert "micro_credential_id=? AND rowid=?" not in plan


def test_the_index_is_used(publish):
    publish("a")
    if connection.vendor == "postgresql":
        # So few rows would rather be read one by one.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    word = {"sqlite": '"something"', "postgresql": "'something'"}[connection.vendor]
    for lookup, index in (("matches", "catalog_search_words"), ("titled", "catalog_search_titles")):
        plan = SearchEntry.objects.filter(**{f"words__{lookup}": word}).explain()
        assert {"sqlite": "VIRTUAL TABLE INDEX", "postgresql": index}[connection.vendor] in plan
