"""How this server says no: a status, a code a program can read, a sentence a person can."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

API_VERSION = "2024-01-01"


class AuthError(Exception):
    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.more = more


class InvalidCredentials(AuthError):
    def __init__(self) -> None:
        super().__init__(400, "invalid_credentials", "Invalid login credentials")


class LinkExpired(AuthError):
    def __init__(self) -> None:
        super().__init__(403, "otp_expired", "Email link is invalid or has expired")


class WeakPassword(AuthError):
    def __init__(self, message: str, reason: str) -> None:
        super().__init__(422, "weak_password", message, weak_password={"reasons": [reason]})


def answer(request: Request, error: AuthError) -> Response:
    """Newer clients read `code` as text; older ones read `error_code` and `msg`."""
    if request.headers.get("x-supabase-api-version", "") >= API_VERSION:
        body = {"code": error.code, "message": error.message, **error.more}
    else:
        body = {"code": error.status, "error_code": error.code, "msg": error.message, **error.more}
    headers = {"x-supabase-api-version": API_VERSION, "x-sb-error-code": error.code}
    return JSONResponse(body, error.status, headers)
