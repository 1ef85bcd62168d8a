"""What differs between one auth server and another, under the names GoTrue gives it."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gynergy_app.settings import LOCAL_ENV, settings

SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def go_duration(text: object) -> object:
    """Read Go's way of writing a length of time; numbers are seconds.

    >>> go_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    if not isinstance(text, str) or not re.fullmatch(r"(\d+(\.\d+)?(ms|s|m|h))+", text):
        return text
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", text)
    return timedelta(seconds=sum(float(number) * SECONDS[unit] for number, unit in parts))


Duration = Annotated[timedelta, BeforeValidator(go_duration)]


class AuthConfig(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GOTRUE_", env_file=(LOCAL_ENV, ".env"), extra="ignore")

    database_url: str = Field(default_factory=lambda: settings.database_admin_url.get_secret_value())
    site_url: str = Field(default_factory=lambda: settings.public_url)
    external_url: str = Field(default_factory=lambda: f"{settings.supabase_url}/auth/v1")
    """Where this server is reached; also the `iss` of its tokens."""
    uri_allow_list: list[str] = []

    disable_signup: bool = False
    mailer_autoconfirm: bool = False
    external_anonymous_users_enabled: bool = True
    password_min_length: int = 8
    security_update_password_require_reauthentication: bool = False

    jwt_secret: SecretStr = Field(default_factory=lambda: settings.supabase_jwt_secret)
    jwt_keys: SecretStr = SecretStr("")
    """JSON list of private JWKs; the one whose `key_ops` say "sign" signs. Without it, `jwt_secret` does."""
    jwt_exp: Duration = timedelta(hours=1)
    jwt_aud: str = "authenticated"

    security_refresh_token_rotation_enabled: bool = True
    security_refresh_token_reuse_interval: Duration = timedelta(seconds=10)

    mailer_otp_exp: Duration = timedelta(hours=24)
    mailer_otp_length: int = Field(default=6, ge=6, le=10)
    mailer_secure_email_change_enabled: bool = True
    smtp_url: SecretStr = Field(default_factory=lambda: settings.smtp_url)
    smtp_admin_email: str = Field(default_factory=lambda: settings.mail_from)
    smtp_max_frequency: Duration = timedelta(minutes=1)

    rate_limit_header: str = ""
    """Which header names the visitor. As in GoTrue, without one nothing is limited by address."""
    rate_limit_email_sent: int = 30
    rate_limit_token_refresh: int = 150
    rate_limit_verify: int = 30
    rate_limit_otp: int = 30
    rate_limit_anonymous_users: int = 30
