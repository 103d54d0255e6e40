import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_schema"),
        ("directory", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="HowToTell",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="how_to_tell",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_mail", models.BooleanField(default=True)),
                (
                    "mailed_on",
                    models.DateField(
                        blank=True, help_text="The day of the latest mail: there is one a day.", null=True
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReminderDays",
            fields=[
                (
                    "state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminder_days",
                        serialize=False,
                        to="directory.state",
                    ),
                ),
                ("kinds", models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("looked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("about", models.CharField(help_text="The reference of what it is about.", max_length=80)),
                ("due_on", models.DateField()),
                (
                    "day",
                    models.SmallIntegerField(
                        help_text="Which of its days was told last, in business days from the day due."
                    ),
                ),
                ("says", models.CharField(max_length=400)),
                ("link", models.CharField(max_length=200)),
                ("told_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, help_text="Since when it waits no more.", null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["person", "due_on", "about"],
                        name="reminder_open_of_person",
                    ),
                    models.Index(fields=["settled_at"], name="reminder_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "about"), name="reminder_is_one_a_matter")
                ],
            },
        ),
    ]
