"""The addresses of quality reviews, under /quality/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.reviewing import agreement_views, condition_views, decision_views, desk_views, room_views, views

app_name = "quality"
urlpatterns = [
    path("", views.home, name="home"),
    path("hand-in/<slug:slug>/", views.hand_in, name="hand_in"),
    path("reviews/<str:ref>/", views.review, name="review"),
    path("reviews/<str:ref>/take-back/", views.take_back, name="take_back"),
    path("reviews/<str:ref>/decide/", decision_views.decide, name="decide"),
    path("reviews/<str:ref>/letter/", decision_views.letter, name="letter"),
    path("reviews/<str:ref>/conditions/<int:number>/met/", condition_views.note_met, name="note_met"),
    path("reviews/<str:ref>/conditions/<int:number>/", condition_views.report, name="condition"),
    path(
        "reviews/<str:ref>/conditions/<int:number>/<str:report>/letter/",
        condition_views.letter,
        name="condition_letter",
    ),
    path("reviews/<str:ref>/conditions/<int:number>/<str:report>/file/", condition_views.file, name="condition_file"),
    path("follow-up/", condition_views.follow_up, name="follow_up"),
    path("agreement/", agreement_views.rubrics, name="rubrics"),
    path("agreement/<str:digest>/", agreement_views.board, name="agreement"),
    path("readings/", desk_views.finished, name="finished"),
    path("readings/<str:ref>/", desk_views.read, name="read"),
    path("readings/<str:ref>/take-up/", desk_views.take_up, name="take_up"),
    path("readings/<str:ref>/decline/", desk_views.decline, name="decline"),
    path("readings/<str:ref>/room/", room_views.meet, name="meet"),
    path("readings/<str:ref>/room/settle/", room_views.settle, name="settle"),
    path("readings/<str:ref>/progress/", desk_views.progress, name="progress"),
    path("readings/<str:ref>/components/<str:criterion>/<str:field>/", desk_views.save_field, name="save_field"),
]
