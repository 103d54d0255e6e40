"""The addresses of reminders, under /my/reminders/."""

from __future__ import annotations

from django.urls import path

from longleaf.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("how/", views.choose, name="choose"),
]
