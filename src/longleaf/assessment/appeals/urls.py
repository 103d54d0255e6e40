"""The addresses of appeals, under /appeals/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.appeals import views

app_name = "appeals"
urlpatterns = [
    path("", views.outcomes, name="outcomes"),
    path("outcomes.json", views.outcomes_data, name="outcomes_data"),
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/<str:ref>/", views.look, name="look"),
    path("attempts/<str:ref>/", views.appeal, name="appeal"),
    path("attempts/<str:ref>/letter/", views.letter, name="letter"),
    path("attempts/<str:ref>/withdraw/", views.withdraw, name="withdraw"),
]
