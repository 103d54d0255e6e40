"""The addresses of recognition, under /renewal/."""

from __future__ import annotations

from django.urls import path, re_path

from longleaf.recognition import model_policy_views as model_policy
from longleaf.recognition import unit_views, views
from longleaf.recognition.certificates import views as certificates
from longleaf.recognition.credit_requests import desk_views as desk
from longleaf.recognition.credit_requests import views as requests
from longleaf.recognition.licences import office_views as licence_office
from longleaf.recognition.licences import views as licences
from longleaf.recognition.lists import views as lists
from longleaf.recognition.local_rules import views as local_rules
from longleaf.recognition.people import views as people
from longleaf.recognition.plans import views as plans
from longleaf.recognition.roster import views as roster

app_name = "recognition"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("of/<str:ref>/", views.ledger_of, name="ledger-of"),
    path("model-policy/", model_policy.shown, name="model-policy"),
    path("model-policy/points.json", model_policy.as_json, name="model-policy-json"),
    path("licenses/", licences.mine, name="licences"),
    path("licenses/wrong/", licences.wrong, name="licence-missing"),
    path("licenses/<int:number>/wrong/", licences.wrong, name="licence-wrong"),
    path("licenses/files/", licence_office.files, name="licence-files"),
    path("licenses/files/template.csv", licence_office.template, name="licence-template"),
    path("licenses/files/<str:ref>/", licence_office.show, name="licence-file"),
    path("licenses/files/<str:ref>/record/", licence_office.record, name="licence-file-record"),
    path("licenses/files/<str:ref>/discard/", licence_office.discard, name="licence-file-discard"),
    path("licenses/of/<str:ref>/", licence_office.of, name="licences-of"),
    path("what-if/", views.if_earned, name="what-if"),
    path("values/", unit_views.values, name="values"),
    path("local-rules/", local_rules.rules, name="local-rules"),
    path("adopted/", unit_views.adopted, name="adopted"),
    path("adopted/<int:number>/end/", unit_views.end_adoption, name="adoption-end"),
    path("requests/", requests.mine, name="requests"),
    path("requests/new/", requests.begin, name="request-begin"),
    path("requests/<str:ref>/", requests.show, name="request"),
    path("requests/<str:ref>/withdraw/", requests.withdraw, name="request-withdraw"),
    path("requests/<str:ref>/appeal/", requests.appeal, name="request-appeal"),
    path("requests/<str:ref>/letter/", requests.letter, name="request-letter"),
    path("requests/<str:ref>/documents/<int:number>/", requests.document, name="request-document"),
    path("requests/<str:ref>/documents/<int:number>/remove/", requests.remove_document, name="request-document-remove"),
    path("desk/", desk.desk, name="desk"),
    path("desk/approve/", desk.approve_several, name="desk-approve"),
    path("desk/lists/", lists.lists, name="lists"),
    path("desk/lists/template.csv", lists.template, name="list-template"),
    path("desk/lists/<str:ref>/", lists.show, name="list"),
    path("desk/lists/<str:ref>/record/", lists.record, name="list-record"),
    path("desk/lists/<str:ref>/discard/", lists.discard, name="list-discard"),
    path("desk/requests/<str:ref>/", desk.decide, name="desk-request"),
    path("appeals/", desk.appeals, name="appeals"),
    path("appeals/<str:ref>/", desk.appeal, name="appeal"),
    path("roster/", roster.roster, name="roster"),
    re_path(r"^roster/licensure\.(?P<way>csv|json)$", roster.export, name="export"),
    path("plans/", plans.listed, name="plans"),
    path("plans/<str:ref>/", plans.show, name="plan"),
    path("plans/of/<str:ref>/write/", plans.write, name="plan-write"),
    path("state/", roster.state, name="state"),
    path("check/", people.check, name="check"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:ref>/", certificates.certificate, name="certificate"),
    path("certificates/<str:ref>/certificate.pdf", certificates.on_paper, name="certificate-paper"),
    path("certificates/<str:ref>/verify/", certificates.verify, name="certificate-verify"),
]
