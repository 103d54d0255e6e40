"""The addresses of holds, under /holds/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.retention import views

app_name = "holds"
urlpatterns = [
    path("", views.listed, name="listed"),
    path("<str:ref>/end/", views.end, name="end"),
]
