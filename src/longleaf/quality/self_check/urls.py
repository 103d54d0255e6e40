"""The addresses of the self-check, under /quality/self-check/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.self_check import views

app_name = "self_check"
urlpatterns = [
    path("<str:ref>/addresses/try/", views.try_links, name="try-links"),
    path("<str:ref>/", views.self_check, name="show"),
    path("<str:ref>/<str:component>/", views.save, name="save"),
]
