from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "longleaf.assessment"
    label = "assessment"
