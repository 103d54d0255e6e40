"""Coming in: by password, not too often, to where one wanted to go, and by mail when the password is forgotten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from longleaf.directory.models import Person
from longleaf.web.tests.reading import main_of, require_strict, text_of
from tests.cast import PASSWORD

SIGN_IN, FORGOTTEN = "/sign-in/", "/sign-in/forgotten/"


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> None:
    """Attempts are counted in the cache; each test begins with none."""
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_right_password_opens(client, educator):
    response = sign_in(client, educator.email)
    assert (response.status_code, response.url) == (302, "/")
    assert signed_in_as(client) == str(educator.pk)


def test_capitals_in_an_address_do_not_matter(client, educator):
    sign_in(client, educator.email.upper())
    assert signed_in_as(client) == str(educator.pk)


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_the_wrong_password_opens_nothing_and_does_not_say_who_is_enrolled(who, client, educator):
    email = educator.email if who == "known" else "nobody@example.test"
    response = sign_in(client, email, "not the passphrase at all")
    assert signed_in_as(client) is None
    page = main_of(response)
    assert "not correct" in page
    assert f'value="{email}"' in page
    assert "not the passphrase at all" not in page
    require_strict(response)


def test_a_closed_account_does_not_open(client, educator):
    Person.objects.filter(pk=educator.pk).update(is_active=False)
    response = sign_in(client, educator.email)
    assert signed_in_as(client) is None
    assert response.status_code != 500


def test_somebody_without_a_password_does_not_come_in_without_one(client, educator):
    educator.set_unusable_password()
    educator.save()
    sign_in(client, educator.email, "")
    assert signed_in_as(client) is None


def test_after_many_wrong_passwords_not_even_the_right_one_opens(client, educator):
    for _ in range(12):
        sign_in(client, educator.email, "not the passphrase at all")
    response = sign_in(client, educator.email)
    assert signed_in_as(client) is None
    assert response.status_code < 500
    assert "Too many" in text_of(response)


@pytest.mark.parametrize(
    ("onward", "lands"),
    [
        ("/renewal/", "/renewal/"),
        ("/catalog/?q=feedback", "/catalog/?q=feedback"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http:///elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_whoever_comes_in_goes_on_within_this_house_only(onward, lands, client, educator):
    assert sign_in(client, educator.email, next=onward).url == lands


def test_the_page_keeps_where_somebody_wanted_to_go(client, educator):
    page = text_of(client.get(f"{SIGN_IN}?next=/renewal/"))
    assert re.search(r'name="next"[^>]*value="/renewal/"', page)
    assert 'value="/renewal/"' in text_of(sign_in(client, educator.email, "wrong", next="/renewal/"))


def test_coming_in_changes_the_session(client, educator):
    client.get("/sign-in/")
    client.session["planted"] = "yes"
    before = client.session.session_key
    sign_in(client, educator.email)
    assert client.session.session_key != before


def test_signing_out_is_asked_first_and_then_done(client_of, educator):
    client = client_of(educator)
    assert "Do you want to sign out?" in main_of(client.get("/sign-out/"))
    assert signed_in_as(client)
    assert client.post("/sign-out/").url == "/"
    assert signed_in_as(client) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_an_account_for_themselves(method, client, state):
    response = getattr(client, method)(
        "/sign-in/new/", {"email": "new@example.test", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "You are enrolled by where you work" in text_of(response)
    assert not Person.objects.filter(email="new@example.test").exists()
    require_strict(response)


def test_somebody_whose_account_is_locked_is_told_so(client, db):
    assert "This account is closed" in main_of(client.get("/sign-in/locked/"))


# --- Forgotten passwords ---------------------------------------------------------------------------------------------


def link_in(message: Any) -> str:
    [link] = re.findall(r"https?://[^/\s]+(/sign-in/forgotten/\S+)", message.body)
    return link


def ask(client: Client, email: str) -> Any:
    return client.post(FORGOTTEN, {"email": email}, follow=True)


def test_a_forgotten_password_is_chosen_anew_the_whole_way(client, educator):
    assert "Forgotten password" in main_of(client.get(FORGOTTEN))
    sent = ask(client, educator.email)
    assert "Look into your mail" in main_of(sent)
    [message] = mail.outbox
    assert message.to == [educator.email]
    chooser = client.get(link_in(message), follow=True)
    address = chooser.request["PATH_INFO"]
    assert "New password" in main_of(chooser)
    require_strict(chooser)
    new = "another long passphrase"
    done = client.post(address, {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in main_of(done)
    educator.refresh_from_db()
    assert educator.check_password(new)
    assert sign_in(Client(), educator.email, new).status_code == 302


def test_a_link_works_once(client, educator):
    ask(client, educator.email)
    link = link_in(mail.outbox[0])
    chooser = client.get(link, follow=True)
    new = "another long passphrase"
    client.post(chooser.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "This link has been used or is too old." in text_of(Client().get(link, follow=True))


@pytest.mark.parametrize(
    "passwords", [("short", "short"), ("a long passphrase one", "a long passphrase two"), ("", "")]
)
def test_a_new_password_that_will_not_do_is_told_at_its_field(passwords, client, educator):
    ask(client, educator.email)
    chooser = client.get(link_in(mail.outbox[0]), follow=True)
    response = client.post(chooser.request["PATH_INFO"], {"password1": passwords[0], "password2": passwords[1]})
    assert "Error" in main_of(response)
    educator.refresh_from_db()
    assert educator.check_password(PASSWORD)


def test_asking_for_an_address_that_nobody_has_looks_the_same_and_opens_nothing(client, educator):
    known, unknown = ask(client, educator.email), ask(Client(), "nobody@example.test")
    assert main_of(known) == main_of(unknown)
    assert [message.to for message in mail.outbox] == [[educator.email]]


def test_the_mail_tells_in_our_words_what_to_do(client, educator):
    educator.name = "Erin Earner, of O'Hara & Sons"
    educator.save()
    ask(client, educator.email)
    [message] = mail.outbox
    assert message.subject == "Choose a new password for Longleaf"
    assert message.body.startswith("Erin Earner,")
    assert "O'Hara & Sons" in message.body
    assert "testserver!" not in message.body


def test_a_forged_link_opens_nothing(client, educator):
    assert "This link has been used or is too old." in text_of(client.get(f"{FORGOTTEN}1-forged/", follow=True))


def test_asking_again_and_again_is_slowed_down(client, educator):
    answers = {ask(client, educator.email).status_code for _ in range(30)}
    assert max(answers) < 500
    assert 429 in answers
    assert len(mail.outbox) < 30
