"""The earner's addresses, below /work/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.meetings import views as meetings
from longleaf.assessment.privacy import views as privacy
from longleaf.assessment.retention import views as retention
from longleaf.assessment.views import afterwards, editor, files, handing_in, my_work, uploads

app_name = "assessment"
urlpatterns = [
    path("", my_work.my_work, name="list"),
    path("start/<slug:slug>/", my_work.start, name="start"),
    path("uploads/<str:upload_ref>/", uploads.upload, name="upload"),
    path("kept/", retention.kept, name="kept"),
    path("<str:ref>/", editor.attempt, name="attempt"),
    path("<str:ref>/responses/<str:requirement>/", editor.autosave, name="autosave"),
    path("<str:ref>/responses/<str:requirement>/artifacts/", editor.artifacts, name="artifacts"),
    path("<str:ref>/uploads/", uploads.begin, name="uploads"),
    path("<str:ref>/files/<int:artifact_id>/", files.evidence_file, name="file"),
    path("<str:ref>/files/<int:artifact_id>/transcript/", files.transcript, name="transcript"),
    path("<str:ref>/preview/", handing_in.preview, name="preview"),
    path("<str:ref>/submit/", handing_in.submit, name="submit"),
    path("<str:ref>/looked-through/", handing_in.look_through, name="looked-through"),
    path("<str:ref>/privacy/", privacy.protect, name="privacy"),
    path("<str:ref>/privacy/consent-form/", privacy.consent_form, name="consent-form"),
    path("<str:ref>/privacy/consent-log/", privacy.consent_log, name="consent-log"),
    path("<str:ref>/privacy/students/<int:number>/withdraw/", privacy.withdraw_consent, name="withdraw-consent"),
    path("<str:ref>/everything.zip", retention.everything, name="everything"),
    path("<str:ref>/decision/", afterwards.decision, name="decision"),
    path("<str:ref>/lend/", afterwards.lend, name="lend"),
    path("<str:ref>/next-round/", afterwards.next_round, name="next-round"),
    path("<str:ref>/coach/", meetings.coach, name="coach"),
    path("<str:ref>/history/", afterwards.history, name="history"),
    path("<str:ref>/withdraw/", afterwards.withdraw, name="withdraw"),
]
