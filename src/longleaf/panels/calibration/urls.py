"""The addresses of calibration, under /desk/calibration/."""

from __future__ import annotations

from django.urls import path, re_path

from longleaf.panels.calibration import views

app_name = "calibration"
urlpatterns = [
    path("", views.home, name="home"),
    path("train/<str:ref>/", views.train, name="train"),
    path("begin/<str:ref>/", views.begin_test, name="begin_test"),
    path("tests/<str:ref>/", views.test, name="test"),
    path("readings/<str:ref>/", views.reading, name="reading"),
    path("report/<str:ref>/", views.report, name="report"),
    path("lead/", views.lead, name="lead"),
    path("lead/rubrics/<str:ref>/", views.rubric, name="rubric"),
    path("lead/rubrics/<str:ref>/gate/", views.set_gate, name="set_gate"),
    path("lead/rubrics/<str:ref>/anchors-before/", views.anchors_as_before, name="anchors_as_before"),
    path("lead/rubrics/<str:ref>/editorial/", views.mark_editorial, name="mark_editorial"),
    re_path(r"^lead/anchors/(?P<ref>[\w-]+)/(?P<act>read|use|retire)/$", views.anchor_act, name="anchor"),
    path("lead/anchors/<str:ref>/replace/", views.replace_anchor, name="replace_anchor"),
    path("lead/people/<str:ref>/", views.reader, name="reader"),
    path("lead/people/<str:ref>/again/", views.read_again, name="read_again"),
    re_path(r"^lead/people/(?P<ref>[\w-]+)/(?P<act>suspend|reinstate|train|withdraw)/$", views.decide, name="decide"),
]
