"""What a lead confirms of what a member of a pool says they know about."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0010_readers_without_certificates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmedQualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                ("confirmed_on", models.DateField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="confirmed", to="panels.poolmember"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "code"), name="qualification_of_member_is_confirmed_once")
                ],
            },
        ),
    ]
