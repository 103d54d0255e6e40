from django.apps import AppConfig


class StatesConfig(AppConfig):
    name = "longleaf.states"
    label = "states"
