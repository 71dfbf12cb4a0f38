"""How Alembic meets our tables: always over a connection that `storage.migrate` has prepared."""

from alembic import context

from storage import rooms  # noqa: F401 - whoever has the rooms has all tables
from storage.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
