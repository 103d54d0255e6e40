"""Keys say where they are kept, and can be reported as compromised."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0001_initial"),
    ]

    operations = [
        migrations.RenameField(model_name="issuingkey", old_name="private_encrypted", new_name="handle"),
        migrations.AlterField(
            model_name="issuingkey",
            name="handle",
            field=models.BinaryField(help_text="For keys in our own custody: the private half, sealed."),
        ),
        migrations.AddField(
            model_name="issuingkey",
            name="custody",
            field=models.CharField(
                default="longleaf.awards.custody.Sealed",
                help_text="The dotted path of what made it and signs with it.",
                max_length=200,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="issuingkey",
            name="status",
            field=models.CharField(
                choices=[
                    ("active", "Signs new badges"),
                    ("retired", "Signs nothing new; what it signed stays valid"),
                    ("compromised", "Believed no more; what it signed is signed anew"),
                ],
                default="active",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="issuingkey",
            name="compromised_since",
            field=models.DateTimeField(
                blank=True,
                help_text="From when on nothing signed with it is believed, whenever it says it was.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="issuingkey",
            name="compromise_reason",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="issuingkey",
            name="signed_anew_through",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="issuingkey",
            name="signed_anew_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="issuingkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("compromised_since__isnull", False),
                        ("status", "compromised"),
                        models.Q(("compromise_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "compromised"), _negated=True),
                        ("compromised_since__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="issuing_key_compromised_says_since_when",
            ),
        ),
    ]
