from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "longleaf.frameworks"
    label = "frameworks"
