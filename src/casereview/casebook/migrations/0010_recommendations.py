"""Recommendations and their statuses; the triggers again, over these tables too."""

import importlib

from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0009_maps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=80)),
                ("title", models.TextField()),
                ("change", models.TextField()),
                ("findings", models.JSONField()),
                ("audience", models.JSONField()),
                ("measure", models.TextField(default="")),
                ("owner", models.TextField(default="")),
                ("due", models.DateField(null=True)),
                ("first_made", models.CharField(default="", max_length=80)),
                ("made_in", models.TextField(default="")),
                ("repeats", models.CharField(default="", max_length=80)),
                ("text", models.TextField(default="")),
                ("coder", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("slug",), name="recommendation_one_current"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recommendation", models.CharField(max_length=80)),
                ("wave", models.CharField(max_length=80)),
                ("status", models.CharField(max_length=80)),
                ("note", models.TextField(default="")),
                ("rests_on", models.JSONField(default=list)),
                ("coder", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("recommendation", "wave"),
                        name="recommendation_status_one_current",
                    )
                ],
            },
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
