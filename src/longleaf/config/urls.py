"""Every address, by the app that answers it."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("longleaf.web.urls")),
    path("catalog/", include("longleaf.catalog.urls")),
    path("studio/", include("longleaf.catalog.studio.urls")),
    path("work/", include("longleaf.assessment.urls")),
    path("mentoring/", include("longleaf.assessment.mentoring.urls")),
    path("teams/", include("longleaf.assessment.teams.urls")),
    path("coaching/", include("longleaf.assessment.meetings.urls")),
    path("appeals/", include("longleaf.assessment.appeals.urls")),
    path("holds/", include("longleaf.assessment.retention.urls")),
    path("assess/", include("longleaf.assessment.desk.urls")),
    path("desk/calibration/", include("longleaf.panels.calibration.urls")),
    path("desk/pool/", include("longleaf.panels.pool.urls")),
    path("desk/lead/", include("longleaf.panels.leading.urls")),
    path("quality/oversight/", include("longleaf.quality.oversight.urls")),
    path("quality/self-check/", include("longleaf.quality.self_check.urls")),
    path("quality/applications/", include("longleaf.quality.agencies.urls")),
    path("quality/agencies/", include("longleaf.quality.monitoring.urls")),
    path("quality/alarms/", include("longleaf.quality.monitoring.alarm_urls")),
    path("quality/", include("longleaf.quality.reviewing.urls")),
    path("register/", include("longleaf.quality.register.urls")),
    path("renewal/policy/", include("longleaf.recognition.editor.urls")),
    path("renewal/", include("longleaf.recognition.urls")),
    path("elsewhere/", include("longleaf.recognition.portability.urls")),
    path("rewards/", include("longleaf.recognition.rewards.urls")),
    path("my/reminders/", include("longleaf.reminders.urls")),
    path("my/profile/", include("longleaf.directory.urls")),
    path("people/", include("longleaf.directory.people_urls")),
    path("", include("longleaf.awards.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("longleaf.demo.urls")))

handler400 = "longleaf.web.views.bad_request"
handler403 = "longleaf.web.views.not_allowed"
handler404 = "longleaf.web.views.not_found"
handler500 = "longleaf.web.views.server_error"
