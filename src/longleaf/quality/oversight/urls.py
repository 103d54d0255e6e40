"""The addresses of oversight, under /quality/oversight/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.oversight import complaint_views, organisation_views, views

app_name = "oversight"
urlpatterns = [
    path("", views.home, name="home"),
    path("sample/", views.sample, name="sample"),
    path("complaints/", complaint_views.mine, name="complaints"),
    path("complaints/about/<slug:slug>/", complaint_views.complain, name="complain"),
    path("complaints/<str:ref>/", complaint_views.complaint, name="complaint"),
    path("of/<slug:slug>/", views.of, name="of"),
    path(
        "complaints/about/<slug:slug>/<str:judged_as>/",
        complaint_views.complain_about_organisation,
        name="complain_about_organisation",
    ),
    path("organizations/<slug:slug>/<str:judged_as>/", organisation_views.of_organisation, name="of_organisation"),
]
