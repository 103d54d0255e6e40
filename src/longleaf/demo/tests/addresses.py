"""The addresses of a demonstration: those of the house, and those on which somebody is picked to be."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("demo/", include("longleaf.demo.urls")), path("", include("longleaf.config.urls"))]
handler400 = "longleaf.web.views.bad_request"
handler403 = "longleaf.web.views.not_allowed"
handler404 = "longleaf.web.views.not_found"
handler500 = "longleaf.web.views.server_error"
