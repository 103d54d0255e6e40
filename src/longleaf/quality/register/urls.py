"""The addresses of the public register, under /register/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.register import criteria_views, views

app_name = "register"
urlpatterns = [
    path("", views.listed, name="list"),
    path("register.json", views.as_json, name="json"),
    path("register.csv", views.as_csv, name="csv"),
    path("feed.atom", views.atom, name="atom"),
    path("feed.json", views.json_feed, name="json_feed"),
    path("organizations.json", views.organisations_as_json, name="organisations_json"),
    path("organizations.csv", views.organisations_as_csv, name="organisations_csv"),
    path("criteria/", criteria_views.listed, name="criteria"),
    path("criteria/<str:code>/", criteria_views.shown, name="one_criteria"),
    path("criteria/<str:code>/criteria.json", criteria_views.as_json, name="criteria_json"),
    path("criteria/<str:code>/rubric.json", criteria_views.as_case, name="criteria_case"),
    path("organizations/", views.organisations_listed, name="organisations"),
    path("organizations/<slug:slug>/", views.organisation_report, name="organisation"),
    path("<slug:slug>/", views.report, name="report"),
]
