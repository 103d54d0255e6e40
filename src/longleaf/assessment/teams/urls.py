"""The addresses of teams, under /teams/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.teams import views

app_name = "teams"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("asked/<str:ref>/", views.answer, name="answer"),
    path("attempts/<str:ref>/<str:requirement>/", views.team, name="team"),
]
