"""What this server is, what it allows, and how to check its tokens."""

from starlette.responses import JSONResponse, Response

from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.errors import AuthError

ABSENT = (
    "apple", "azure", "bitbucket", "discord", "facebook", "figma", "fly", "github", "gitlab", "google",
    "kakao", "keycloak", "linkedin", "linkedin_oidc", "notion", "phone", "slack", "slack_oidc", "spotify",
    "twitch", "twitter", "workos", "zoom",
)  # fmt: skip


async def health(call: Call) -> Response:
    await call.db.execute("select 1")
    description = "GoTrue is a user registration and authentication API"
    return JSONResponse({"version": "local", "name": "GoTrue", "description": description})


async def settings(call: Call) -> Response:
    config = call.config
    external = dict.fromkeys(ABSENT, False)
    external |= {"email": True, "anonymous_users": config.external_anonymous_users_enabled}
    return JSONResponse(
        {
            "external": external,
            "disable_signup": config.disable_signup,
            "mailer_autoconfirm": config.mailer_autoconfirm,
            "phone_autoconfirm": False,
            "sms_provider": "",
            "saml_enabled": False,
        }
    )


async def jwks(call: Call) -> Response:
    return JSONResponse(call.server.keys.public_set(), headers={"cache-control": "public, max-age=600"})


async def authorize(call: Call) -> Response:
    raise AuthError(400, "validation_failed", "Unsupported provider: provider is not enabled")
