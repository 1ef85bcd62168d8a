"""Let work be done after the page has answered: the queue's own tables, in a schema of their own.

The SQL beside this file is procrastinate 3.10's schema, copied so that this revision never changes.

Revision ID: f96b703ec546
Revises: e85a6f2db435
"""

from pathlib import Path
from typing import Any

from alembic import op

revision = "f96b703ec546"
down_revision = "e85a6f2db435"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_suffix(".sql")

# The queue's functions name their tables without a schema; whoever calls them, they must find these.
FIND_THEIR_TABLES = """
do $$
declare
    job_function regprocedure;
begin
    for job_function in select oid from pg_proc where pronamespace = 'jobs'::regnamespace loop
        execute format('alter function %s set search_path = jobs, pg_temp', job_function);
    end loop;
end $$;
"""

GRANTS = """
revoke all on schema jobs from public;
revoke all on all functions in schema jobs from public, anon, authenticated;
grant usage on schema jobs to service_role, app_worker;
grant all on all tables in schema jobs to service_role, app_worker;
grant all on all sequences in schema jobs to service_role, app_worker;
grant execute on all functions in schema jobs to service_role, app_worker;
"""


def run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(script)


def upgrade() -> None:
    run("create schema jobs; set local search_path = jobs;")
    run(SCHEMA.read_text())
    run("set local search_path to default;")
    run(FIND_THEIR_TABLES)
    run(GRANTS)


def downgrade() -> None:
    op.execute("drop schema jobs cascade")
