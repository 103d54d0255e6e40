from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "longleaf.quality"
    label = "quality"
