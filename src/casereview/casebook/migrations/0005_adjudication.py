"""A coder who gave no answer can differ, too. The triggers again, as SQLite drops those of a table that it changes."""

import importlib
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


def _value() -> Any:
    return models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.value")


class Migration(migrations.Migration):
    dependencies = [("casebook", "0004_protection_again")]
    operations = [
        migrations.AlterField("adjudication", "first", _value()),
        migrations.AlterField("adjudication", "second", _value()),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
