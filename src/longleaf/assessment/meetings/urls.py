"""The addresses of a coach, under /coaching/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<str:ref>/", views.answer, name="answer"),
]
