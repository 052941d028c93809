"""Parts of pathways and of maps of systems; the triggers again, over these tables too."""

import importlib

import django.db.models.deletion
from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0008_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("start", models.CharField(max_length=80)),
                ("end", models.CharField(default="", max_length=80)),
                ("of", models.CharField(default="", max_length=80)),
                ("date", models.CharField(default="", max_length=10)),
                ("number", models.IntegerField(null=True)),
                ("note", models.TextField(default="")),
                ("coder", models.CharField(max_length=500)),
                ("source", models.CharField(max_length=80)),
                ("row", models.CharField(default="", max_length=64)),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="map_parts", to="casebook.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MapPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casebook.mappart")),
                ("passage", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casebook.passage")),
            ],
        ),
        migrations.AddField(
            model_name="mappart",
            name="passages",
            field=models.ManyToManyField(related_name="map_parts", through="casebook.MapPassage", to="casebook.passage"),
        ),
        migrations.AddConstraint(
            model_name="mappassage",
            constraint=models.UniqueConstraint(fields=("part", "passage"), name="map_passage_once"),
        ),
        migrations.AddConstraint(
            model_name="mappart",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("link", "chance", "problem", "behind", "led-to", "looked", "placed"))),
                name="map_part_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)),
                fields=("case", "kind", "start", "end", "of", "date", "coder", "source", "row"),
                name="map_part_one_current",
            ),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
