from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "longleaf.panels"
    label = "panels"
