"""The triggers that hold what must never change."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from casereview.casebook import protection


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers on the tables as they are at this point."""
    models = {model._meta.model_name: model for model in apps.get_app_config("casebook").get_models()}
    columns = {
        table: [str(field.column) for field in models[table]._meta.local_fields] for table in protection.NEVER if table in models
    }
    for statement in protection.statements(schema_editor.connection, columns):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("casebook", "0001_records")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
