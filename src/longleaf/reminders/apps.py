from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "longleaf.reminders"
    label = "reminders"
