"""The addresses of the pool, under /desk/pool/."""

from __future__ import annotations

from django.urls import path

from longleaf.panels.pool import lead_views, views

app_name = "pool"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("told/", views.tell, name="tell"),
    path("absences/", views.enter_absence, name="enter_absence"),
    path("absences/remove/", views.remove_absence, name="remove_absence"),
    path("conflicts/", views.declare_conflict, name="declare_conflict"),
    path("conflicts/withdraw/", views.withdraw_conflict, name="withdraw_conflict"),
    path("memberships/", views.answer, name="answer"),
    path("lead/", lead_views.lead, name="lead"),
    path("lead/<slug:slug>/", lead_views.members, name="members"),
    path("lead/<slug:slug>/panels/<str:ref>/", lead_views.panel, name="panel"),
    path("lead/<slug:slug>/members/<str:ref>/", lead_views.member, name="member"),
    path("lead/<slug:slug>/members/<str:ref>/confirmed/", lead_views.confirm, name="confirm"),
    path("lead/<slug:slug>/members/<str:ref>/status/", lead_views.set_status, name="set_status"),
]
