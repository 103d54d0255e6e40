from __future__ import annotations

from django.urls import path

from longleaf.web import views

# No namespace: these few names, such as `home`, belong to the whole house.
urlpatterns = [path("", views.home, name="home")]
