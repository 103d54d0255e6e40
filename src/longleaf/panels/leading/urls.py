"""The addresses of whoever leads a pool, under /desk/lead/."""

from __future__ import annotations

from django.urls import path

from longleaf.panels.leading import pay_views, views

app_name = "leading"
urlpatterns = [
    path("mine/", pay_views.mine, name="my_work"),
    path("<slug:slug>/agreement/", views.rubrics, name="rubrics"),
    path("<slug:slug>/agreement/<slug:kind>/<slug:digest>/", views.board, name="board"),
    path("<slug:slug>/forecast/", views.forecast, name="forecast"),
    path("<slug:slug>/work/", pay_views.workload, name="workload"),
    path("<slug:slug>/work.csv", pay_views.workload_file, name="workload_file"),
    path("<slug:slug>/work/<str:ref>/", pay_views.assessor, name="assessor"),
    path("<slug:slug>/work/<str:ref>/pay/", pay_views.pay, name="pay"),
    path("<slug:slug>/work/<str:ref>/payments/<str:payment>/take-back/", pay_views.take_back, name="take_back"),
]
