"""The addresses of quality reviews, under /quality/."""

from __future__ import annotations

from django.urls import path

from longleaf.quality.reviewing import desk_views, views

app_name = "quality"
urlpatterns = [
    path("", views.home, name="home"),
    path("hand-in/<slug:slug>/", views.hand_in, name="hand_in"),
    path("reviews/<str:ref>/", views.review, name="review"),
    path("reviews/<str:ref>/take-back/", views.take_back, name="take_back"),
    path("readings/", desk_views.finished, name="finished"),
    path("readings/<str:ref>/", desk_views.read, name="read"),
    path("readings/<str:ref>/take-up/", desk_views.take_up, name="take_up"),
    path("readings/<str:ref>/decline/", desk_views.decline, name="decline"),
    path("readings/<str:ref>/progress/", desk_views.progress, name="progress"),
    path("readings/<str:ref>/components/<str:criterion>/<str:field>/", desk_views.save_field, name="save_field"),
]
