"""Where evidence lies is told by settings alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from django.utils.module_loading import import_string

from longleaf.assessment.evidence.bucket_options import in_bucket
from longleaf.config import env, evidence_storage


def test_without_a_bucket_evidence_lies_in_a_folder():
    assert import_string(evidence_storage.settings_for("", key="k")["BACKEND"]) is FileSystemStorage


def test_a_bucket_is_reached_as_it_was_told():
    told = evidence_storage.settings_for("evidence", endpoint="https://store.example", key="k", secret="s")
    store = import_string(told["BACKEND"])(**told["OPTIONS"])
    assert (store.bucket_name, store.endpoint_url, store.access_key) == ("evidence", "https://store.example", "k")
    assert (store.addressing_style, store.default_acl) == ("path", None)


def test_without_a_key_the_store_looks_for_one_itself():
    assert {"access_key", "secret_key", "endpoint_url"}.isdisjoint(in_bucket("evidence"))


def test_one_of_a_few_words_or_nothing(monkeypatch):
    monkeypatch.setenv("LONGLEAF_CLAMD_UNREACHABLE", " Take ")
    assert env.one_of("LONGLEAF_CLAMD_UNREACHABLE", "wait", ("wait", "take")) == "take"
    monkeypatch.setenv("LONGLEAF_CLAMD_UNREACHABLE", "maybe")
    with pytest.raises(ImproperlyConfigured, match="Set it to wait or take"):
        env.one_of("LONGLEAF_CLAMD_UNREACHABLE", "wait", ("wait", "take"))
