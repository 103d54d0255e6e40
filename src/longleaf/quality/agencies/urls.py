"""The addresses of applications, under /quality/applications/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.agencies import document_views, views
from longleaf.quality.pathways import views as pathway_views

app_name = "applications"
urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("readings/<str:reading>/documents/<str:document>/", document_views.read_document, name="read_document"),
    path("<str:ref>/", views.application, name="application"),
    path("<str:ref>/preview/", views.preview, name="preview"),
    path("<str:ref>/submit/", views.submit, name="submit"),
    path("<str:ref>/give-up/", views.give_up, name="give_up"),
    path("<str:ref>/pathways/", pathway_views.choose, name="choose_pathways"),
    path("<str:ref>/areas/<str:code>/", views.area, name="area"),
    path("<str:ref>/save/scope/", views.save_scope, name="save_scope"),
    path("<str:ref>/save/<str:criterion>/<str:field>/", views.save_showing, name="save_showing"),
    path("<str:ref>/criteria/<str:criterion>/shown/", views.shown, name="shown"),
    path("<str:ref>/criteria/<str:criterion>/documents/", document_views.add, name="add_document"),
    path("<str:ref>/documents/<str:document>/", document_views.document, name="document"),
    path("<str:ref>/documents/<str:document>/remove/", document_views.remove, name="remove_document"),
]
