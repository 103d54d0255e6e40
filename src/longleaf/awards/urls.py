from __future__ import annotations

from django.urls import path

from longleaf.awards import machine_views, views
from longleaf.awards.bulk import views as bulk_views
from longleaf.awards.keys import views as key_views
from longleaf.awards.sharing import downloads as download_views
from longleaf.awards.verification import views as report_views

app_name = "awards"
urlpatterns = [
    # The badge, for people.
    path("badges/<uuid:award_uuid>/", views.badge, name="badge"),
    path("badges/<uuid:award_uuid>/revoke/", views.revoke, name="revoke"),
    path("badges/<uuid:award_uuid>/sharing/", views.sharing, name="sharing"),
    path("badges/<uuid:award_uuid>/contents/", views.contents, name="contents"),
    path("badges/<uuid:award_uuid>/evidence/<str:key>", views.evidence_file, name="evidence-file"),
    path("my/badges/", views.mine, name="mine"),
    path("my/badges/learner-record.json", download_views.record, name="record"),
    path("my/badges/reissue/", views.reissue_all, name="reissue-all"),
    path("issued/", views.issued, name="issued"),
    path("issued/lists/", bulk_views.bulk, name="bulk"),
    path("issued/lists/template.csv", bulk_views.bulk_template, name="bulk-template"),
    path("issued/lists/<str:ref>/", bulk_views.bulk_award, name="bulk-award"),
    path("issued/lists/<str:ref>/confirm/", bulk_views.bulk_confirm, name="bulk-confirm"),
    path("issued/lists/<str:ref>/discard/", bulk_views.bulk_discard, name="bulk-discard"),
    path("issued/lists/<str:ref>/report.csv", bulk_views.bulk_report_file, name="bulk-report"),
    path("verify/", views.verify, name="verify"),
    path("verify/report.json", report_views.report, name="report"),
    # What badges are signed with.
    path("signing-keys/", key_views.listed, name="keys"),
    path("signing-keys/<slug:slug>/new/", key_views.create, name="key-create"),
    path("signing-keys/<slug:slug>/<str:public>/compromised/", key_views.compromised, name="key-compromised"),
    # The badge, to take along.
    path("badges/<uuid:award_uuid>/credential.json", machine_views.credential, name="credential"),
    path("badges/<uuid:award_uuid>/report.json", report_views.report_on_badge, name="badge-report"),
    path("badges/<uuid:award_uuid>/badge.png", machine_views.png, name="png"),
    path("badges/<uuid:award_uuid>/badge.svg", machine_views.svg, name="svg"),
    path("badges/<uuid:award_uuid>/credential.jwt", download_views.token, name="token"),
    path("badges/<uuid:award_uuid>/certificate.pdf", download_views.certificate, name="certificate"),
    path("badges/<uuid:award_uuid>/qr.svg", machine_views.qr, name="qr"),
    # What badges point to.
    path("endorsements/<uuid:endorsement_uuid>", machine_views.endorsement, name="endorsement"),
    path("status/<uuid:list_uuid>", machine_views.status_list, name="status-list"),
    path("achievements/<uuid:version_uuid>", machine_views.achievement, name="achievement"),
    path("achievements/<uuid:version_uuid>/badge.png", machine_views.achievement_png, name="achievement-png"),
    path("issuers/<slug:slug>", machine_views.issuer, name="issuer"),
    path("issuers/<slug:slug>/did.json", machine_views.issuer_did, name="issuer-did"),
    path("issuers/<slug:slug>/jwks.json", machine_views.issuer_keys, name="issuer-keys"),
    path(".well-known/did.json", machine_views.installation_did, name="installation-did"),
    path(".well-known/jwks.json", machine_views.installation_keys, name="installation-keys"),
]
