from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "longleaf.recognition"
    label = "recognition"
