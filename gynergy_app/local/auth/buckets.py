"""Token buckets, kept in this process as GoTrue keeps them in its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gynergy_app import clock
from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.auth.errors import AuthError

FIVE_MINUTES = timedelta(minutes=5)
HOUR = timedelta(hours=1)


@dataclass
class Bucket:
    """Holds `size` drops; refills evenly so that `refill` of them come back in each `period`."""

    size: float
    refill: float
    period: timedelta
    drops: float
    filled_at: datetime

    def take(self, now: datetime) -> bool:
        self.drops = min(self.size, self.drops + self.refill * ((now - self.filled_at) / self.period))
        self.filled_at = now
        if self.drops < 1:
            return False
        self.drops -= 1
        return True


class Limits:
    def __init__(self, config: AuthConfig) -> None:
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._mails = config.rate_limit_email_sent
        self._by_address = {
            "token": (30, config.rate_limit_token_refresh, FIVE_MINUTES),
            "verify": (30, config.rate_limit_verify, FIVE_MINUTES),
            "otp": (config.rate_limit_otp, config.rate_limit_otp, FIVE_MINUTES),
            "anonymous": (config.rate_limit_anonymous_users, config.rate_limit_anonymous_users, HOUR),
            "mfa": (30, 15, timedelta(minutes=1)),
        }

    def visit(self, kind: str, address: str) -> None:
        """Count one request of this kind from this address. An unknown address is not counted."""
        if address and not self._take(kind, address, *self._by_address[kind]):
            raise AuthError(429, "over_request_rate_limit", "Request rate limit reached")

    def mail(self) -> None:
        if not self._take("mail", "everyone", self._mails, self._mails, HOUR):
            raise AuthError(429, "over_email_send_rate_limit", "email rate limit exceeded")

    def _take(self, kind: str, key: str, size: int, refill: int, period: timedelta) -> bool:
        now = clock.now()
        bucket = self._buckets.setdefault((kind, key), Bucket(size, refill, period, size, now))
        return bucket.take(now)
