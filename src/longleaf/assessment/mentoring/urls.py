"""The addresses of mentors and of those whom they help, under /mentoring/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.mentoring import earner_views, mentor_views

app_name = "mentoring"
urlpatterns = [
    path("", mentor_views.people, name="people"),
    path("attempts/<str:ref>/", earner_views.mentors, name="mentors"),
    path("drafts/<str:ref>/", mentor_views.draft, name="draft"),
    path("drafts/<str:ref>/answer/", mentor_views.answer, name="answer"),
    path("drafts/<str:ref>/leave/", mentor_views.leave, name="leave"),
    path("drafts/<str:ref>/files/<str:code>/", mentor_views.file, name="file"),
    path("drafts/<str:ref>/files/<str:code>/transcript/", mentor_views.transcript, name="transcript"),
]
