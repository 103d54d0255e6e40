"""Registers the kit with Django, so that its static files are found."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "longleaf.kit"
    label = "kit"
    verbose_name = "Kit"
