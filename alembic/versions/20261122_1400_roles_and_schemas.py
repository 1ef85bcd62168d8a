"""Give the product its roles: two that log in and own nothing, three that policies speak of.

On Supabase `anon`, `authenticated` and `service_role` are there already. Roles belong to the whole cluster, so the
downgrade leaves them: another database may live by them.

Revision ID: 4d1f0c7a9b21
Revises:
"""

from alembic import op

revision = "4d1f0c7a9b21"
down_revision = None
branch_labels = None
depends_on = None

ROLES = """
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('anon', 'nologin noinherit'),
            ('authenticated', 'nologin noinherit'),
            ('service_role', 'nologin noinherit bypassrls'),
            ('app_web', 'login noinherit'),
            ('app_worker', 'login noinherit')
        ) as r (name, attributes)
    loop
        begin
            execute format('create role %I %s', wanted.name, wanted.attributes);
        exception
            when duplicate_object or unique_violation then null;
        end;
    end loop;
end $$;
"""

MAY_BECOME = """
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('app_web', 'anon'), ('app_web', 'authenticated'), ('app_worker', 'service_role')
        ) as r (login, role)
    loop
        if not pg_has_role(wanted.login, wanted.role, 'set') then
            execute format('grant %I to %I', wanted.role, wanted.login);
        end if;
    end loop;
end $$;
"""


def upgrade() -> None:
    op.execute(ROLES)
    op.execute(MAY_BECOME)
    op.execute("revoke all on schema private from public")
    op.execute("grant usage on schema private, public to anon, authenticated, service_role")


def downgrade() -> None:
    op.execute("revoke all on schema private from anon, authenticated, service_role")
