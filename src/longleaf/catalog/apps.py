from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "longleaf.catalog"
    label = "catalog"
