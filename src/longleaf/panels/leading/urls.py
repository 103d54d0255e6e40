"""The addresses of whoever leads a pool, under /desk/lead/."""

from __future__ import annotations

from django.urls import path

from longleaf.panels.leading import views

app_name = "leading"
urlpatterns = [
    path("<slug:slug>/agreement/", views.rubrics, name="rubrics"),
    path("<slug:slug>/agreement/<slug:kind>/<slug:digest>/", views.board, name="board"),
]
