from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "longleaf.demo"
    label = "demo"
