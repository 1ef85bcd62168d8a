"""`python -m gynergy_app`: the product, for whoever runs it.

run              everything on this machine: database, sign-in, mailbox, pages, worker
web, worker      one process each, for a server; addresses and secrets come from the environment
migrate          bring the database to the newest revision
demo             load the demo people again, their days counted from today
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from gynergy_app.local import ports
from gynergy_app.local.trouble import Trouble


def main(words: Sequence[str] | None = None) -> int:
    """Do what was asked; what cannot be done is one sentence on standard error."""
    words = sys.argv[1:] if words is None else words
    if not words:
        _parser().print_help(sys.stderr)
        return 2
    try:
        asked = _parser().parse_args(words)
        asked.do(asked)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except ValidationError as error:
        print(
            "\n".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors()),
            file=sys.stderr,
        )
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gynergy_app", description="Run GYNERGY.")
    commands = parser.add_subparsers(required=True, metavar="command")

    run = commands.add_parser("run", help="everything on this machine, until Ctrl-C")
    _address(run)
    run.add_argument("--without-demo", action="store_true", help="begin with an empty database")
    run.add_argument("--reload", action="store_true", help="follow changes in the sources")
    run.set_defaults(do=_run)

    web = commands.add_parser("web", help="the web process")
    _address(web)
    web.set_defaults(do=_web)

    develop = commands.add_parser("develop", help="the web process, following changes in the sources")
    develop.add_argument("--port", type=ports.read, default=3000)
    develop.set_defaults(do=_develop)

    commands.add_parser("worker", help="the worker: mail, nightly jobs").set_defaults(do=_worker)
    commands.add_parser("local", help="the stand-ins for sign-in, storage and mail").set_defaults(do=_local)
    commands.add_parser("build", help="build the pages, if they changed").set_defaults(do=_build)
    commands.add_parser("migrate", help="bring the database to the newest revision").set_defaults(do=_migrate)
    commands.add_parser("demo", help="load the demo people again").set_defaults(do=_demo)

    key = commands.add_parser("push-key", help="a new VAPID_PRIVATE_KEY, for reminders on devices")
    key.set_defaults(do=_push_key)

    db = commands.add_parser("db", help="the embedded database")
    db.add_argument("what", choices=["start", "stop"])
    db.set_defaults(do=_db)

    admin = commands.add_parser("make-admin", help="let a member into the admin pages")
    admin.add_argument("email")
    admin.set_defaults(do=_make_admin)

    export = commands.add_parser(
        "export-user", help="everything stored about a member, as JSON or, with her pictures, as a zip"
    )
    export.add_argument("email")
    export.add_argument(
        "--to",
        type=Path,
        help="a .zip file: JSON for each table, and her pictures in its folder `media`; "
        "without it, JSON alone goes to standard output",
    )
    export.set_defaults(do=_export_user)
    return parser


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="which address to listen on")
    command.add_argument("--port", type=ports.read, default=3000)


def _run(asked: argparse.Namespace) -> None:
    from gynergy_app.operator import run

    run.run(asked.host, asked.port, with_demo=not asked.without_demo, reload=asked.reload)


def _web(asked: argparse.Namespace) -> None:
    from gynergy_app.operator import web

    _demand("database_url")
    web.serve(asked.host, asked.port)


def _develop(asked: argparse.Namespace) -> None:
    from gynergy_app.operator import web

    web.develop(asked.port)


def _worker(asked: argparse.Namespace) -> None:
    from gynergy_app import jobs, logs

    _demand("database_worker_url", "supabase_service_role_key")
    logs.configure()
    jobs.run_worker()


def _demand(*names: str) -> None:
    """A process is given its own addresses and nobody else's: web has no use for the worker's login."""
    from gynergy_app.settings import settings

    if missing := settings.missing(*names):
        raise Trouble(f"This process needs these settings: {', '.join(missing)}.")


def _push_key(asked: argparse.Namespace) -> None:
    from gynergy_app.local import environment

    print(environment.push_key())


def _local(asked: argparse.Namespace) -> None:
    from gynergy_app import logs
    from gynergy_app.local import servers

    logs.configure()
    asyncio.run(_until_signalled(servers.serve))


async def _until_signalled(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await serve(stopping)


def _build(asked: argparse.Namespace) -> None:
    from gynergy_app.local import frontend

    frontend.build({})


def _migrate(asked: argparse.Namespace) -> None:
    from gynergy_app.local import bootstrap
    from gynergy_app.settings import settings

    url = settings.database_admin_url.get_secret_value()
    if not url:
        raise Trouble("DATABASE_ADMIN_URL must name the database's owner.")
    bootstrap.migrate(url)


def _demo(asked: argparse.Namespace) -> None:
    from gynergy_app import logs
    from gynergy_app.operator import demo, run

    logs.configure()
    asyncio.run(demo.load())
    run.remember_demo(demo.SIGN_INS)


def _db(asked: argparse.Namespace) -> None:
    from gynergy_app.local import postgres
    from gynergy_app.operator import run

    if asked.what == "stop":
        postgres.stop(run.DATABASE_FOLDER)
    else:
        print(f"PostgreSQL listens on port {postgres.ensure_running(run.DATABASE_FOLDER).port}.")


def _make_admin(asked: argparse.Namespace) -> None:
    from gynergy_app.operator import people

    asyncio.run(people.make_admin(asked.email))


def _export_user(asked: argparse.Namespace) -> None:
    from gynergy_app.operator import people

    asyncio.run(people.export_user(asked.email, asked.to))


if __name__ == "__main__":
    sys.exit(main())
