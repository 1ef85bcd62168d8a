"""What differs between one payment server and another."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gynergy_app.settings import LOCAL_ENV, settings


class StripeConfig(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="STRIPE_PEER_", env_file=(LOCAL_ENV, ".env"), extra="ignore")

    database_url: str = Field(default_factory=lambda: settings.database_admin_url.get_secret_value())
    external_url: str = Field(default_factory=lambda: settings.stripe_api_base)
    """Where this server is reached: by the client, and by the browser of whoever pays."""
    secret_key: SecretStr = Field(default_factory=lambda: settings.stripe_secret_key)
    webhook_secret: SecretStr = Field(default_factory=lambda: settings.stripe_webhook_secret)
    webhook_url: str = Field(default_factory=lambda: f"{settings.public_url}/webhooks/stripe")
    """Who is told. Empty: nobody; events can still be listed."""

    refund_seconds: int = 5
    """How long money takes to go back; Stripe's own `pending` lasts days."""
    debit_days: int = 4
    """How long a bank takes to say whether a debit holds."""
    is_delivering: bool = True
    """Off: nothing is posted by itself, only when the operator page says so."""
