"""The addresses of figures, under /quality/agencies/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.agencies, name="agencies"),
    path("<str:code>/", views.agency, name="agency"),
    path("<str:code>/figures.csv", views.as_csv, name="csv"),
    path("<str:code>/figures.json", views.as_json, name="json"),
]
