from __future__ import annotations

from django.urls import path

from longleaf.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("verify/<str:key>/", views.verify, name="verify"),
    path("badge-address/", views.choose, name="choose"),
    path("remove/", views.remove, name="remove"),
]
