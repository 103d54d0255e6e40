from __future__ import annotations

from allauth.account import views as sign_in
from django.urls import path, re_path

from longleaf.web import views

# No namespace: these names belong to the whole house, and django-allauth looks its own up without one.
urlpatterns = [
    path("", views.home, name="home"),
    path("glossary/", views.glossary, name="glossary"),
    path("standards/", views.standards, name="standards"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("journal/", views.journal, name="journal"),
    path("state.css", views.state_colours, name="state-colours"),
    path("health", views.health, name="health"),
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("sign-in/locked/", sign_in.account_inactive, name="account_inactive"),
    path("sign-in/new/", sign_in.signup, name="account_signup"),
    path("sign-in/forgotten/", sign_in.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    # The key holds a hyphen too, so the person's number ends at the first one.
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/forgotten/changed/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
