"""Settings: one documented file, `sejahtera.toml`, with environment variables over it.

Read before anything is installed: this module imports nothing but the standard library.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting is missing or cannot be read; the message names it and the cure."""


class UnknownRegion(SettingsError):
    """A region that the settings do not name; `values` are those of `cli.region_unknown`."""

    def __init__(self, region: str, *, known: Sequence[str], data_dir: Path) -> None:
        self.values = {"region": region, "known": ", ".join(known), "folder": data_dir / region}
        super().__init__(
            f"Region '{region}' is not named in sejahtera.toml (known: {', '.join(known)}). "
            f"Put its pack into {data_dir / region} and add it to `regions`."
        )


@dataclass(frozen=True)
class AccountRules:
    """How local accounts are guarded; `password_days` 0 means that passwords do not age."""

    lock_after: int = 5
    lock_minutes: int = 15
    session_hours: int = 12
    one_time_hours: int = 72
    password_days: int = 0
    least_length: int = 12


@dataclass(frozen=True)
class ProviderRules:
    """Which claims of an OIDC provider give name, office and role; values that are not named
    in `roles` (value of the claim: officer, verifier or admin) give no right.
    """

    name_claim: str = "email"
    office_claim: str = "office"
    role_claim: str = "groups"
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to another."""

    regions: tuple[str, ...]
    default_region: str
    language: str
    data_dir: Path
    home: Path
    database_url: str | None
    port: int
    public_url: str | None
    connectors: Mapping[str, Mapping[str, object]] = field(default_factory=dict, repr=False)
    accounts: AccountRules = AccountRules()
    provider: ProviderRules = ProviderRules()

    def pack_dir(self, region: str) -> Path:
        """Folder of a region's pack. Raises UnknownRegion for one that is not named."""
        if region not in self.regions:
            raise UnknownRegion(region, known=self.regions, data_dir=self.data_dir)
        return self.data_dir / region


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of this installation.

    `path` defaults to SEJAHTERA_CONFIG or `sejahtera.toml` in the project's folder;
    `environ` to the process's environment. Raises SettingsError.
    """
    environ = os.environ if environ is None else environ
    path = path or Path(environ.get("SEJAHTERA_CONFIG", PROJECT_ROOT / "sejahtera.toml"))
    return _settings_from(_read_file(path), environ)


def _read_file(path: Path) -> dict[str, object]:
    if not path.exists():
        raise SettingsError(f"{path} does not exist. Copy sejahtera.toml from the project.")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def _settings_from(values: Mapping[str, object], environ: Mapping[str, str]) -> Settings:
    def value(name: str, variable: str, default: object) -> object:
        return environ.get(variable) or values.get(name, default)

    regions = _regions(value("regions", "SEJAHTERA_REGIONS", ()))
    default_region = str(value("default_region", "SEJAHTERA_REGION", regions[0]))
    if default_region not in regions:
        raise SettingsError(f"default_region '{default_region}' is not one of {regions}.")
    database_url = value("database_url", "DATABASE_URL", None)
    public_url = value("public_url", "PUBLIC_URL", None)
    return Settings(
        regions=regions,
        default_region=default_region,
        language=_language(str(value("language", "SEJAHTERA_LANGUAGE", "id"))),
        data_dir=_folder(value("data_dir", "SEJAHTERA_DATA", "data")),
        home=_folder(value("home", "SEJAHTERA_HOME", "var")),
        database_url=str(database_url) if database_url else None,
        port=_port(value("port", "PORT", 8501)),
        public_url=str(public_url) if public_url else None,
        connectors=_connectors(values.get("connectors", {}), environ),
        accounts=_account_rules(_section(values, "accounts")),
        provider=_provider_rules(_section(values, "provider")),
    )


def _connectors(value: object, environ: Mapping[str, str]) -> Mapping[str, Mapping[str, object]]:
    """Settings of each service; the key of BPS may stand in the environment instead."""
    if not isinstance(value, dict) or not all(isinstance(own, dict) for own in value.values()):
        raise SettingsError("connectors are tables: [connectors.wfp_hdx].")
    key = environ.get("BPS_WEBAPI_KEY")
    bps = value.get("bps_webapi", {})
    return {**value, "bps_webapi": {**bps, "key": key}} if key else value


def _section(values: Mapping[str, object], name: str) -> Mapping[str, object]:
    section = values.get(name, {})
    if not isinstance(section, Mapping):
        raise SettingsError(f"[{name}] is a section of sejahtera.toml, not '{section}'.")
    return section


def _account_rules(section: Mapping[str, object]) -> AccountRules:
    """Whole numbers; only `password_days` may be 0."""
    usual = asdict(AccountRules())
    for name, value in section.items():
        if name not in usual:
            raise SettingsError(f"[accounts] knows no '{name}' (known: {', '.join(usual)}).")
        least = 0 if name == "password_days" else 1
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise SettingsError(f"[accounts] {name} is a whole number from {least}, not '{value}'.")
    return AccountRules(**{**usual, **section})


def _provider_rules(section: Mapping[str, object]) -> ProviderRules:
    claims = {"name_claim", "office_claim", "role_claim"}
    roles = section.get("roles", {})
    unknown = set(section) - claims - {"roles"}
    if unknown or not isinstance(roles, Mapping):
        raise SettingsError(f"[provider] knows {', '.join(sorted(claims))} and [provider.roles].")
    wrong = [role for role in roles.values() if role not in ("officer", "verifier", "admin")]
    if wrong:
        raise SettingsError(f"[provider.roles] gives officer, verifier or admin, not {wrong}.")
    named = {name: str(section[name]) for name in claims if name in section}
    return ProviderRules(**named, roles=MappingProxyType(dict(roles)))


def _regions(value: object) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    regions = tuple(str(name).strip() for name in names if str(name).strip())  # type: ignore[attr-defined]
    if not regions:
        raise SettingsError('sejahtera.toml names no region: regions = ["..."].')
    bad = [name for name in regions if not name.isidentifier()]
    if bad:
        raise SettingsError(f"Region names are plain words (letters, digits, _): {bad}.")
    if "people" in regions:  # the name of the accounts' own database
        raise SettingsError("No region can be named 'people'; give its folder another name.")
    return regions


def _language(value: str) -> str:
    if value not in ("id", "en"):
        raise SettingsError(f"language is 'id' or 'en', not '{value}'.")
    return value


def _folder(value: object) -> Path:
    path = Path(str(value)).expanduser()
    return path if path.is_absolute() else PROJECT_ROOT / path


def _port(value: object) -> int:
    try:
        port = int(str(value))
    except ValueError as error:
        raise SettingsError(f"port is a number between 1 and 65535, not '{value}'.") from error
    if not 0 < port < 65536:
        raise SettingsError(f"port is a number between 1 and 65535, not {port}.")
    return port
