import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_demand_and_places")]
    operations = [
        migrations.AddField(
            model_name="microcredential",
            name="upstream",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adopted_as",
                to="catalog.version",
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="upstream_left",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="draft",
            name="upstream",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.version",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="upstream_left",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
