from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "longleaf.directory"
    label = "directory"
