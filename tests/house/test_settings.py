"""Settings are whole, and each of them is explained."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from gynergy_app.settings import ROOT, Settings

EXAMPLE = (ROOT / ".env.example").read_text()
WHOLE = {
    "GYNERGY_ENV": "production",
    "PUBLIC_URL": "https://gynergy.example",
    "SECRET_KEY": "k" * 40,
    "STEP_UP_SECRET": "s" * 40,
    "SUPABASE_URL": "https://project.supabase.example",
    "SUPABASE_ANON_KEY": "anon",
    "SMTP_URL": "smtp://mail.example:587",
}


def settings_from(environment: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings as a process would read them that starts in this folder with this environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return Settings()


def test_every_setting_has_its_line_and_its_sentence():
    explained = re.findall(r"(?:^#.*\n)+(?:^[A-Z_]+=.*\n?)+", EXAMPLE, re.MULTILINE)
    names = {name.lower() for block in explained for name in re.findall(r"^([A-Z_]+)=", block, re.MULTILINE)}

    assert names == set(Settings.model_fields)


def test_the_example_holds_no_secret():
    for name in re.findall(r"^(\w*(?:KEY|SECRET|URL)\w*)=.+", EXAMPLE, re.MULTILINE):
        assert name == "PUBLIC_URL"


def test_production_starts_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert settings_from(WHOLE, tmp_path, monkeypatch).is_production


@pytest.mark.parametrize("missing", sorted(WHOLE.keys() - {"GYNERGY_ENV", "PUBLIC_URL"}))
def test_production_names_what_is_missing(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    half = {name: value for name, value in WHOLE.items() if name != missing}

    with pytest.raises(ValidationError, match=missing):
        settings_from(half, tmp_path, monkeypatch)


@pytest.mark.parametrize("address", ["http://gynergy.example", "https://localhost", "http://localhost:3000"])
def test_production_has_an_address_of_its_own(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        settings_from({**WHOLE, "PUBLIC_URL": address}, tmp_path, monkeypatch)


@pytest.mark.parametrize("half", ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
def test_half_of_payments_names_the_other_half(half: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (other,) = {"STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"} - {half}

    with pytest.raises(ValidationError, match=f"Missing: {other}."):
        settings_from({half: "given"}, tmp_path, monkeypatch)


@pytest.mark.parametrize("key", ["sk_live_1", "rk_live_1"])
@pytest.mark.parametrize("elsewhere", [{}, {"STRIPE_API_BASE": "http://127.0.0.1:9"}])
def test_real_cards_are_charged_in_production_alone(
    key: str, elsewhere: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    live = {"STRIPE_SECRET_KEY": key, "STRIPE_WEBHOOK_SECRET": "whsec_1"}

    assert settings_from({**WHOLE, **live}, tmp_path, monkeypatch).payments_are_practice is False
    with pytest.raises(ValidationError, match="live key"):
        settings_from({**live, **elsewhere}, tmp_path, monkeypatch)


def test_production_takes_no_practice_payments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    practice = {
        "STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1", "STRIPE_API_BASE": "http://127.0.0.1:9",
    }  # fmt: skip

    assert settings_from(practice, tmp_path, monkeypatch).payments_are_practice
    with pytest.raises(ValidationError, match="STRIPE_API_BASE"):
        settings_from({**WHOLE, **practice}, tmp_path, monkeypatch)


def test_production_does_not_start_beside_the_local_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "local.env").write_text("SMTP_URL=smtp://127.0.0.1:1\n")

    with pytest.raises(ValidationError, match="local servers"):
        settings_from(WHOLE, tmp_path, monkeypatch)


def test_the_environment_wins_over_the_file_and_the_file_over_the_local_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "local.env").write_text(
        "LOG_LEVEL=DEBUG\nMAIL_FROM=local\nSUPABASE_URL=http://local\n"
    )
    (tmp_path / ".env").write_text("MAIL_FROM=file\nSUPABASE_URL=http://file\n")

    read = settings_from({"SUPABASE_URL": "http://environment"}, tmp_path, monkeypatch)

    assert (read.log_level, read.mail_from, read.supabase_url) == ("DEBUG", "file", "http://environment")


def test_a_half_configured_production_is_told_in_words(tmp_path: Path):
    """One line on standard error, no stack trace."""
    half = {name: value for name, value in WHOLE.items() if name != "SMTP_URL"}

    assert "SMTP_URL" in _refusal_of("worker", half, tmp_path)


@pytest.mark.parametrize(
    ("process", "own"),
    [("web", "DATABASE_URL"), ("worker", "DATABASE_WORKER_URL, SUPABASE_SERVICE_ROLE_KEY")],
)
def test_each_process_asks_for_its_own(process: str, own: str, tmp_path: Path):
    assert f": {own}." in _refusal_of(process, WHOLE, tmp_path)


def _refusal_of(process: str, settings: dict[str, str], folder: Path) -> str:
    """What a process says on standard error when it does not start; never a stack trace."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "gynergy_app", process]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr
