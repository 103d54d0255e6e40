from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "longleaf.awards"
    label = "awards"
