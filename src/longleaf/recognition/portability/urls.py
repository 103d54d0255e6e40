"""The addresses of badges from elsewhere, under /elsewhere/."""

from __future__ import annotations

from django.urls import path

from longleaf.recognition.portability import desk_views, reciprocity_views, views

app_name = "portability"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("bring/", views.bring, name="bring"),
    path("badges/<str:ref>/", views.one, name="one"),
    path("badges/<str:ref>/file", views.file, name="file"),
    path("recognize/", desk_views.waiting, name="waiting"),
    path("recognize/precedents/", desk_views.remembered, name="precedents"),
    path("recognize/<str:ref>/", desk_views.decide, name="decide"),
    path("states/", reciprocity_views.mine, name="states"),
    path("states/<slug:slug>/", reciprocity_views.of_micro_credential, name="states-of"),
]
