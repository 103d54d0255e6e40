"""Home and error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "kit/errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "kit/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "kit/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/errors/500.html", status=500)
