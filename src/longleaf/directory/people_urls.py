from __future__ import annotations

from django.urls import path

from longleaf.directory import people_views

app_name = "people"
urlpatterns = [
    path("", people_views.listed, name="listed"),
    path("<str:ref>/name/", people_views.rename, name="rename"),
]
