from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "longleaf.journal"
    label = "journal"
