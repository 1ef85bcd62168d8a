"""Everything that differs between machines. The only place that reads the environment."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent
LOCAL_ENV = Path("var/local.env")
"""Written by the local starter: addresses and secrets of the servers in `gynergy_app/local/`."""


class Settings(BaseSettings):
    """Read from `var/local.env`, then `.env`, then the environment; the later one wins.

    Raises `ValidationError` naming what is missing when `GYNERGY_ENV=production` is half-configured.
    """

    model_config = SettingsConfigDict(env_file=(LOCAL_ENV, ".env"), extra="ignore")

    gynergy_env: Literal["development", "test", "production"] = "development"
    public_url: str = "http://localhost:3000"
    log_level: str = "INFO"
    var_dir: Path = Path("var")
    trusted_proxy_hops: int = 0

    secret_key: SecretStr = SecretStr("")
    step_up_secret: SecretStr = SecretStr("")

    database_url: SecretStr = SecretStr("")
    database_worker_url: SecretStr = SecretStr("")
    database_admin_url: SecretStr = SecretStr("")

    supabase_url: str = ""
    supabase_anon_key: SecretStr = SecretStr("")
    supabase_service_role_key: SecretStr = SecretStr("")
    supabase_jwt_secret: SecretStr = SecretStr("")

    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "GYNERGY <hello@gynergy.localhost>"
    redis_url: SecretStr = SecretStr("")

    vapid_private_key: SecretStr = SecretStr("")
    push_service_url: str = ""

    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_webhook_secret_next: SecretStr = SecretStr("")
    stripe_api_base: str = ""
    stripe_domain: str = Field(default="", pattern=r"^([a-z0-9-]+\.)*[a-z0-9-]*$")
    stripe_tax: bool = False
    stripe_terms: bool = False
    challenge_price: str = "challenge"
    journal_month_price: str = "journal_month"
    journal_year_price: str = "journal_year"
    challenge_price_cents: int = 99_700
    journal_month_cents: int = 3_995
    journal_year_cents: int = 39_900
    journal_trial_days: int = Field(default=7, ge=0)
    refund_rule: str = "In full, on request, until the end of day 9 of your session."

    @property
    def is_production(self) -> bool:
        return self.gynergy_env == "production"

    @property
    def payments_are_practice(self) -> bool:
        """Money goes to a peer of Stripe instead of Stripe: nobody's card is charged."""
        return bool(self.stripe_api_base)

    def missing(self, *names: str) -> list[str]:
        """Which of these are empty, as the environment spells them. Each process asks for its own."""
        return [name.upper() for name in names if not _text(getattr(self, name))]

    @field_validator("vapid_private_key")
    @classmethod
    def _is_a_push_key(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
            raise ValueError("VAPID_PRIVATE_KEY is 32 bytes in base64url. `push-key` makes one.")
        return value

    @model_validator(mode="after")
    def _payments_are_whole(self) -> Self:
        given = (
            "stripe_api_base",
            "stripe_secret_key",
            "stripe_webhook_secret",
            "stripe_webhook_secret_next",
        )
        missing = self.missing("stripe_secret_key", "stripe_webhook_secret")
        if missing and len(self.missing(*given)) < len(given):
            raise ValueError(f"Payments are half configured. Missing: {', '.join(missing)}.")
        is_live = self.stripe_secret_key.get_secret_value().startswith(("sk_live_", "rk_live_"))
        if is_live and (self.stripe_api_base or not self.is_production):
            raise ValueError(
                "STRIPE_SECRET_KEY is a live key: it charges real cards, so only production takes it."
            )
        if self.stripe_api_base and self.is_production:
            raise ValueError("Production speaks to Stripe itself: leave STRIPE_API_BASE empty.")
        return self

    @model_validator(mode="after")
    def _production_is_whole(self) -> Self:
        if not self.is_production:
            return self
        needed = ("secret_key", "step_up_secret", "supabase_url", "supabase_anon_key", "smtp_url")
        if missing := self.missing(*needed):
            raise ValueError(f"Production needs these settings: {', '.join(missing)}.")
        if "localhost" in self.public_url or not self.public_url.startswith("https://"):
            raise ValueError("Production needs PUBLIC_URL to be the https address people will open.")
        if self.push_service_url and not self.push_service_url.startswith("https://"):
            raise ValueError("Production reaches PUSH_SERVICE_URL by https, or leaves it empty.")
        if LOCAL_ENV.exists():
            raise ValueError(f"Production does not start beside {LOCAL_ENV}: it names the local servers.")
        return self


def _text(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


settings = Settings()
