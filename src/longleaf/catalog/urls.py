from __future__ import annotations

from django.urls import path

from longleaf.catalog import demand_views, views
from longleaf.catalog.studio import sample_views

app_name = "catalog"
urlpatterns = [
    path("", views.catalog, name="list"),
    path("demand/ask/", demand_views.ask, name="ask"),
    path("demand/sought/", demand_views.sought, name="sought"),
    path("samples/<str:ref>/", sample_views.show, name="sample"),
    path("samples/<str:ref>/file/", sample_views.file, name="sample-file"),
    path("samples/<str:ref>/withdraw/", sample_views.withdraw, name="sample-withdraw"),
    path("stacks/<slug:slug>/", views.stack, name="stack"),
    path("issuers/<slug:slug>/", views.issuer, name="issuer"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/changes/", views.changes, name="changes"),
    path("<slug:slug>/packet/", views.packet, name="packet"),
    path("<slug:slug>/packet.pdf", views.packet_pdf, name="packet-pdf"),
    path("<slug:slug>/badge.svg", views.badge, name="badge"),
    path("<slug:slug>/rubric.json", views.rubric, name="rubric"),
    path("<slug:slug>/document.json", views.document, name="document"),
]
