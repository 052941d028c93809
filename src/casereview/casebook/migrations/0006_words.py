"""The index of the documents' words, made of the texts that are there already; and codings found by their code."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from casereview.casebook import words_index


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The index, with every text version in it."""
    words_index.make(schema_editor.connection)
    for one in apps.get_model("casebook", "TextVersion").objects.order_by("pk").iterator(chunk_size=10):
        words_index.add(one.pk, one.text, one.pages)


class Migration(migrations.Migration):
    dependencies = [("casebook", "0005_adjudication")]
    operations = [
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="casebook.textversion"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(
                fields=["code", "passage", "coder", "source"], condition=models.Q(("current", True)), name="coding_by_code"
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
