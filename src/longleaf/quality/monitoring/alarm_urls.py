"""The addresses of alarms, under /quality/alarms/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.monitoring import alarm_views

app_name = "alarms"
urlpatterns = [
    path("", alarm_views.listed, name="list"),
    path("<str:ref>/", alarm_views.alarm, name="alarm"),
]
