from __future__ import annotations

from django.urls import path

from longleaf.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("become/", views.become, name="become"),
    path("style/", views.style, name="style"),
]
