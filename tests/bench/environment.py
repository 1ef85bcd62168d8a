"""What the application reads when it is imported: the bench's own values. Imported before everything else."""

import os

# What a developer keeps in `.env` or `var/local.env` is not for a bench.
os.environ |= {
    "GYNERGY_ENV": "test",
    "PUBLIC_URL": "http://localhost:3000",
    "SECRET_KEY": "a secret key that only the bench knows",
    "STEP_UP_SECRET": "a step-up secret that only the tests know",
    "SUPABASE_URL": "http://127.0.0.1:9",
    "SUPABASE_ANON_KEY": "a key",
    "SUPABASE_SERVICE_ROLE_KEY": "",
    "SUPABASE_JWT_SECRET": "",
    "SMTP_URL": "",
    "REDIS_URL": "",
    "LOG_LEVEL": "WARNING",
}
