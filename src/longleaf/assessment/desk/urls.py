"""The addresses of those who judge, under /assess/."""

from __future__ import annotations

from django.urls import path

from longleaf.assessment.anchors import views as anchors
from longleaf.assessment.desk import lead_note_views, note_views, panel_views, phrase_views, views
from longleaf.assessment.privacy import flag_views as flags

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<str:ref>/", flags.flag, name="flag"),
    path("flags/<str:ref>/files/<str:side>/", flags.flag_file, name="flag_file"),
    path("finished/", views.finished, name="finished"),
    path("told/", lead_note_views.told, name="told"),
    path("told/<str:ref>/away/", lead_note_views.put_away, name="put_away"),
    path("phrases/", phrase_views.bank, name="phrases"),
    path("phrases/<str:ref>/", phrase_views.phrase, name="phrase"),
    path("phrases/<str:ref>/remove/", phrase_views.remove_phrase, name="remove_phrase"),
    path("phrases/<str:ref>/used/", phrase_views.use_phrase, name="use_phrase"),
    path("panels/", panel_views.panels_being_read, name="being_read"),
    path("panels/<str:ref>/", panel_views.panel, name="panel"),
    path("panels/<str:ref>/give-back/", panel_views.give_back, name="give_back"),
    path("panels/<str:ref>/take-up/", panel_views.take_up_difference, name="take_up_difference"),
    path("panels/<str:ref>/ask-reader/", panel_views.ask_reader, name="ask_reader"),
    path("anchors/<slug:slug>/", anchors.anchor, name="anchor"),
    path("anchors/<slug:slug>/sample/", anchors.begin_sample, name="begin_sample"),
    path("check/<str:ref>/", views.check, name="check"),
    path("check/<str:ref>/files/<str:code>/", views.checked_file, name="checked_file"),
    path("check/<str:ref>/files/<str:code>/transcript/", views.checked_transcript, name="checked_transcript"),
    path("read/<str:ref>/", views.read, name="read"),
    path("read/<str:ref>/take-up/", views.take_up, name="take_up"),
    path("read/<str:ref>/decline/", views.decline, name="decline"),
    path("read/<str:ref>/progress/", views.progress, name="progress"),
    path("read/<str:ref>/preview/", views.preview, name="preview"),
    path("read/<str:ref>/to-lead/", lead_note_views.save_to_lead, name="save_to_lead"),
    path("read/<str:ref>/to-lead/<str:criterion>/", lead_note_views.save_to_lead, name="save_to_lead_on"),
    path("read/<str:ref>/notes/", note_views.note, name="note"),
    path("read/<str:ref>/notes/<str:note>/take-away/", note_views.take_note_away, name="take_note_away"),
    path("read/<str:ref>/files/<str:code>/", views.read_file, name="read_file"),
    path("read/<str:ref>/files/<str:code>/transcript/", views.read_transcript, name="read_transcript"),
    path("read/<str:ref>/criteria/<str:criterion>/level/", views.save_level, name="save_level"),
    path("read/<str:ref>/criteria/<str:criterion>/comment/", views.save_comment, name="save_comment"),
]
