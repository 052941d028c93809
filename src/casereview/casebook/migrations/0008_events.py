"""Chronologies: events, what is said of two of them, and where they are told of; the triggers again, over these tables too."""

import importlib

import django.db.models.deletion
from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0007_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=64)),
                ("row", models.TextField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("time", models.CharField(max_length=40)),
                ("agency", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=80)),
                ("people", models.JSONField()),
                ("what", models.TextField()),
                ("details", models.JSONField()),
                ("coder", models.CharField(max_length=500)),
                ("mended", models.BooleanField(default=False)),
                ("struck", models.BooleanField(default=False)),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chronology", to="casebook.case"),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.event"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("current", True)), fields=["case", "name"], name="event_of_case"),
                    models.Index(condition=models.Q(("current", True)), fields=["source", "key"], name="event_of_row"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="event_first_to_last"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("name", "source", "coder"), name="event_one_of_each"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=16)),
                ("coder", models.CharField(max_length=500)),
                ("current", models.BooleanField(default=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.case")),
                (
                    "passage",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.passage"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("event", "passage", "coder"), name="event_evidence_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("one", models.CharField(max_length=16)),
                ("other", models.CharField(max_length=16)),
                ("same", models.BooleanField()),
                ("reason", models.TextField()),
                ("settled", models.JSONField(default=dict)),
                ("coder", models.CharField(max_length=500)),
                ("current", models.BooleanField(default=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.case")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="event_pair_of_two"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("one", "other", "coder"), name="event_pair_once"
                    ),
                ],
            },
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
