from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="journal_has_one_head")],
            },
        ),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("act", models.UUIDField(help_text="Shared by all lines of one act.")),
                ("event", models.CharField(max_length=80)),
                (
                    "actor",
                    models.CharField(
                        blank=True, help_text="The person's reference; empty for the system itself.", max_length=40
                    ),
                ),
                ("actor_name", models.CharField(max_length=200)),
                (
                    "subject",
                    models.CharField(help_text="What was decided on, such as attempt:ATT-7K3M-9QPD.", max_length=120),
                ),
                ("data", models.JSONField(blank=True, default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["subject", "number"], name="journal_line_of_subject"),
                    models.Index(fields=["event", "number"], name="journal_line_of_event"),
                ],
            },
        ),
    ]
