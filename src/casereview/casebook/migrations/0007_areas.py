"""Areas of pages, and the codes that they are given; the triggers again, over these tables too."""

import importlib

import django.db.models.deletion
from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0006_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("page", models.IntegerField()),
                ("left", models.IntegerField()),
                ("bottom", models.IntegerField()),
                ("right", models.IntegerField()),
                ("top", models.IntegerField()),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="areas", to="casebook.document"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AreaCoding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("coder", models.CharField(max_length=500)),
                ("source", models.CharField(max_length=80)),
                ("weight", models.SmallIntegerField(null=True)),
                ("version", models.BigIntegerField(null=True)),
                ("current", models.BooleanField(default=True)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="codings", to="casebook.area"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("document", "sha256", "page", "left", "bottom", "right", "top"), name="area_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__gte", 1), ("right__gt", models.F("left")), ("top__gt", models.F("bottom"))),
                name="area_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="areacoding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("area", "code", "coder", "source"), name="area_coding_one_current"
            ),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
