"""The auth server as an ASGI application, to be mounted at `/auth/v1`."""

from starlette.applications import Starlette

from gynergy_app.local.auth.buckets import Limits
from gynergy_app.local.auth.call import AuthServer
from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.auth.database import Pool
from gynergy_app.local.auth.keys import Keyring
from gynergy_app.local.auth.mails import Postman
from gynergy_app.local.auth.routes import ROUTES


def auth_app(config: AuthConfig, keys: Keyring, pool: Pool) -> Starlette:
    app = Starlette(routes=ROUTES)
    app.state.server = AuthServer(config, keys, pool, Limits(config), Postman(config))
    return app
