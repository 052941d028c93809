"""The tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=500)),
                ("act", models.CharField(max_length=80)),
                ("detail", models.TextField()),
                ("previous", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=500, unique=True)),
                ("wave", models.CharField(max_length=80)),
                ("current", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                ("exact", models.TextField()),
                ("prefix", models.TextField()),
                ("suffix", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=500, unique=True)),
                ("source", models.CharField(max_length=80)),
                ("title", models.TextField()),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="casebook.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=500)),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="people", to="casebook.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variable", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=80)),
                ("current", models.BooleanField(default=True)),
                ("row", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casebook.case",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="casebook.passage"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casebook.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=500)),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "kind", "key"), name="source_row_once")],
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("sha256", models.CharField(max_length=64)),
                ("text_sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("pages", models.JSONField()),
                ("notes", models.JSONField()),
                ("current", models.BooleanField(default=True)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="casebook.document"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="passage",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="casebook.textversion"
            ),
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variable", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=80)),
                ("current", models.BooleanField(default=True)),
                ("coder", models.CharField(max_length=500)),
                ("value", models.TextField(null=True)),
                ("absent", models.CharField(max_length=80, null=True)),
                ("recorded", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casebook.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casebook.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sample", models.CharField(max_length=80)),
                ("status", models.CharField(max_length=20)),
                ("reason", models.TextField()),
                ("current", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="casebook.case"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("sample", "case"), name="membership_one_current"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["drawn", "replaced", "substitute"])), name="membership_status"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("coder", models.CharField(max_length=500)),
                ("source", models.CharField(max_length=80)),
                ("row", models.CharField(max_length=64)),
                ("current", models.BooleanField(default=True)),
                (
                    "passage",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="codings", to="casebook.passage"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("passage", "code", "coder", "source"),
                        name="coding_one_current",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("role", "key"), name="person_once"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("person__isnull", True)),
                    models.Q(("case__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_of_one_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True), ("person__isnull", True)),
                fields=("passage", "variable", "case", "source"),
                name="evidence_one_of_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True), ("case__isnull", True)),
                fields=("passage", "variable", "person", "source"),
                name="evidence_one_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="textversion",
            constraint=models.UniqueConstraint(fields=("document", "sha256", "text_sha256"), name="text_version_once"),
        ),
        migrations.AddConstraint(
            model_name="textversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("document",), name="text_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("text", "start", "end"), name="passage_once"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("start__gte", 0)), name="passage_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("person__isnull", True)),
                    models.Q(("case__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="value_of_one_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("absent__isnull", True), ("value__isnull", False)),
                    models.Q(("absent__isnull", False), ("value__isnull", True)),
                    _connector="OR",
                ),
                name="value_or_absence",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True), ("person__isnull", True)),
                fields=("case", "variable", "source", "coder"),
                name="value_one_of_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True), ("case__isnull", True)),
                fields=("person", "variable", "source", "coder"),
                name="value_one_of_person",
            ),
        ),
    ]
