"""The addresses of rewards, under /rewards/."""

from __future__ import annotations

from django.urls import path

from longleaf.recognition.rewards import office_views, payment_views, views

app_name = "rewards"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("promises/<str:ref>/give-up/", views.give_up, name="give-up"),
    path("offers/", views.offers, name="offers"),
    path("offers/<str:ref>/", views.offer, name="offer"),
    path("offers/<str:ref>/ask/", views.ask, name="ask"),
    path("office/", office_views.office, name="office"),
    path("office/funding/", office_views.funding, name="funding"),
    path("office/offers/new/", office_views.make_offer, name="offer-make"),
    path("office/offers/<str:ref>/end/", office_views.end_offer, name="offer-end"),
    path("office/due/", payment_views.due, name="due"),
    path("office/due.csv", payment_views.due_as_csv, name="due-csv"),
    path("office/paid/", payment_views.take_in, name="paid"),
    path("office/payments/", payment_views.payments, name="payments"),
    path("office/payments/<int:number>/reverse/", payment_views.reverse, name="reverse"),
    path("state/", office_views.state, name="state"),
]
