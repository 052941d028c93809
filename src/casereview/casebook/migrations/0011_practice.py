"""Answers to the questions of practice.yaml; the triggers again, over these tables too."""

import importlib

import django.db.models.deletion
from django.db import migrations, models

protect = importlib.import_module("casereview.casebook.migrations.0004_protection_again").protect


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0010_recommendations"),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=80)),
                ("event", models.CharField(max_length=16)),
                ("answer", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("events", models.JSONField(default=list)),
                ("coder", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practice_answers", to="casebook.case"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.practiceanswer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PracticePassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casebook.practiceanswer")),
                ("passage", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casebook.passage")),
            ],
        ),
        migrations.AddField(
            model_name="practiceanswer",
            name="passages",
            field=models.ManyToManyField(
                related_name="practice_answers", through="casebook.PracticePassage", to="casebook.passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepassage",
            constraint=models.UniqueConstraint(fields=("answer", "passage"), name="practice_passage_once"),
        ),
        migrations.AddConstraint(
            model_name="practiceanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)),
                fields=("case", "question", "event", "coder"),
                name="practice_answer_one_of_each",
            ),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
