"""The triggers again, over the columns and tables of 0003: SQLite drops a table's triggers when it changes the table."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from casereview.casebook import protection


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take all triggers away, and make them on the tables as they are at this point."""
    models = {model._meta.model_name: model for model in apps.get_app_config("casebook").get_models()}
    columns = {
        table: [str(field.column) for field in models[table]._meta.local_fields] for table in protection.NEVER if table in models
    }
    for statement in protection.removals(schema_editor.connection, columns):
        schema_editor.execute(statement, params=None)
    for statement in protection.statements(schema_editor.connection, columns):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("casebook", "0003_work")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
