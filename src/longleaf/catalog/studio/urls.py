"""The addresses of the design studio, under /studio/."""

from __future__ import annotations

from django.urls import path

from longleaf.catalog.studio import (
    editor_views,
    need_views,
    portfolio_views,
    preview_views,
    reading_views,
    sample_views,
    shelf_views,
    upstream_views,
)

app_name = "studio"
urlpatterns = [
    path("", portfolio_views.portfolio, name="portfolio"),
    path("begin/", portfolio_views.begin, name="begin"),
    path("needs/new/", need_views.new, name="new-need"),
    path("needs/<str:ref>/", need_views.show, name="need"),
    path("bring/", portfolio_views.bring, name="bring"),
    path("published/", shelf_views.published, name="published"),
    path("adopt/", shelf_views.adoptable, name="adoptable"),
    path("stacks/take-in/", shelf_views.take_into_stack, name="take-into-stack"),
    path("published/<slug:slug>/adopt/", shelf_views.adopt, name="adopt"),
    path("published/<slug:slug>/next/", shelf_views.begin_next, name="begin-next"),
    path("published/<slug:slug>/upstream/", upstream_views.published, name="upstream-published"),
    path("published/<slug:slug>/retire/", shelf_views.retire, name="retire"),
    path("<str:ref>/", portfolio_views.show, name="draft"),
    path("<str:ref>/save/", editor_views.save, name="save"),
    path("<str:ref>/publish/", portfolio_views.publish, name="publish"),
    path("<str:ref>/status/", portfolio_views.set_status, name="set-status"),
    path("<str:ref>/authors/", portfolio_views.authors, name="authors"),
    path("<str:ref>/comments/", reading_views.comment, name="comment"),
    path("<str:ref>/preview/", preview_views.preview, name="preview"),
    path("<str:ref>/preview/assessor/", preview_views.preview_assessor, name="preview-assessor"),
    path("<str:ref>/beside/", preview_views.beside, name="beside"),
    path("<str:ref>/read/", reading_views.read, name="read"),
    path("<str:ref>/samples/", sample_views.of_draft, name="samples"),
    path("<str:ref>/upstream/", upstream_views.in_draft, name="upstream"),
    path("<str:ref>/changes/", portfolio_views.changes, name="changes"),
    path("<str:ref>/design.json", portfolio_views.take, name="take"),
    path("<str:ref>/bring-rubric/", portfolio_views.bring_rubric, name="bring-rubric"),
    path("<str:ref>/badge.svg", preview_views.badge, name="badge"),
    path("<str:ref>/<slug:code>/", editor_views.section, name="section"),
]
