"""A desk finds the phrases for its micro-credential by an index, however many a pool keeps."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0013_letters_are_claimed_and_then_written")]

    operations = [
        migrations.RemoveIndex(model_name="phrase", name="phrase_of_person_by_use"),
        migrations.RemoveIndex(model_name="phrase", name="phrase_of_pool_by_use"),
        migrations.AddIndex(
            model_name="phrase",
            index=models.Index(fields=["owner", "instrument", "-used"], name="phrase_of_person_by_instrument"),
        ),
        migrations.AddIndex(
            model_name="phrase",
            index=models.Index(fields=["pool", "instrument", "-used"], name="phrase_of_pool_by_instrument"),
        ),
    ]
