from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0040_condition_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(help_text="SHA-256 of the address.", max_length=64, unique=True)),
                ("address", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be tried"),
                            ("answered", "Answered"),
                            ("not_answered", "Not answered"),
                            ("not_tried", "Not tried"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "asked_at"], name="tried_link_waiting")],
            },
        ),
    ]
