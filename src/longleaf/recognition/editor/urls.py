"""The addresses of the state's policy, under /renewal/policy/."""

from __future__ import annotations

from django.urls import path, re_path

from longleaf.recognition.editor import draft_views, views
from longleaf.recognition.lab import views as lab

app_name = "policy"
urlpatterns = [
    path("", views.home, name="home"),
    path("texts/<int:number>/", views.text, name="text"),
    path("texts/<int:number>/renewal.yaml", views.text_file, name="text-file"),
    path("compare/", views.compare, name="compare"),
    path("published/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("drafts/<str:ref>/", draft_views.show, name="draft"),
    path("drafts/<str:ref>/text/", draft_views.whole_text, name="draft-text"),
    path("drafts/<str:ref>/save/", draft_views.save, name="draft-save"),
    path("drafts/<str:ref>/rule/", draft_views.rule, name="draft-rule"),
    path("drafts/<str:ref>/preview/", draft_views.preview, name="draft-preview"),
    path("drafts/<str:ref>/publish/", draft_views.publish, name="draft-publish"),
    path("drafts/<str:ref>/approve/", draft_views.approve, name="draft-approve"),
    path("drafts/<str:ref>/drop/", draft_views.drop, name="draft-drop"),
    path("drafts/<str:ref>/lab/", lab.labs, name="labs"),
    path("drafts/<str:ref>/brief/", lab.brief, name="brief"),
    path("drafts/<str:ref>/brief.pdf", lab.brief_on_paper, name="brief-paper"),
    path("lab/<str:ref>/", lab.lab, name="lab"),
    re_path(r"^lab/(?P<ref>[^/]+)/sums\.(?P<way>csv|json)$", lab.file, name="lab-file"),
]
