"""Accepted badges are verified anew after a while, and documents of requests go when their time is over."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0062_rewards_are_paid_in_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importedbadge",
            name="looked_at",
            field=models.DateTimeField(blank=True, help_text="Since when a worker verifies it again.", null=True),
        ),
        migrations.AddField(
            model_name="importedbadge",
            name="withdrawn_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was found that its issuer has withdrawn it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="requestdocument",
            name="let_go_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="requestdocument",
            name="stored_as",
            field=models.CharField(blank=True, help_text="Empty once the file was let go.", max_length=100),
        ),
        migrations.AddIndex(
            model_name="importedbadge",
            index=models.Index(fields=["status", "verified_at"], name="imported_badge_to_look_at"),
        ),
        migrations.AddIndex(
            model_name="importedbadge",
            index=models.Index(fields=["status", "expires_on"], name="imported_badge_by_expiry"),
        ),
        migrations.AddIndex(
            model_name="requestdocument",
            index=models.Index(
                condition=models.Q(("let_go_at__isnull", True)), fields=["added_at"], name="request_document_kept_since"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("let_go_at__isnull", True), ("stored_as", ""), _connector="OR"),
                name="request_document_let_go_has_no_file",
            ),
        ),
    ]
