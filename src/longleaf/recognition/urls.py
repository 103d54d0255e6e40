from __future__ import annotations

from django.urls import path

from longleaf.recognition import views

app_name = "recognition"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("of/<str:ref>/", views.ledger_of, name="ledger-of"),
    path("values/", views.values, name="values"),
]
