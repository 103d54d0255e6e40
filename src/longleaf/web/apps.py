from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "longleaf.web"
    label = "web"
