"""Own addresses and headers of the server."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from pages.ui.geometry import DIGEST_LENGTH, boundary_address
from tests.server.running import RunningServer
from tests.store import Store


def test_server_says_that_it_is_up(app_server: RunningServer) -> None:
    status, headers, body = app_server.get("/healthz")
    assert (status, body) == (200, b'{"status":"ok"}')
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/healthz", "/app/static/vendor/leaflet/leaflet.js"])
def test_every_answer_forbids_other_origins(path: str, app_server: RunningServer) -> None:
    headers = app_server.get(path)[1]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_vendored_files_may_be_kept(app_server: RunningServer) -> None:
    headers = app_server.get("/app/static/vendor/leaflet/leaflet.js")[1]
    assert headers["cache-control"] == "public, max-age=3600"


def test_boundaries_of_every_level_are_kept_for_good(
    app_server: RunningServer, store: Store
) -> None:
    for region in store.settings.regions:
        edition = store.edition(region)
        for level in edition.region["levels"]:  # type: ignore[attr-defined]
            address = boundary_address(edition, level=level)
            status, headers, body = app_server.get(address)
            assert status == 200
            assert headers["cache-control"] == "public, max-age=31536000, immutable"
            assert hashlib.sha256(body).hexdigest()[:DIGEST_LENGTH] in address


def test_boundaries_are_sent_compressed(app_server: RunningServer, store: Store) -> None:
    edition = store.edition(store.settings.default_region)
    address = boundary_address(edition, level=next(iter(edition.region["levels"])))  # type: ignore[call-overload]
    _, headers, body = app_server.get(address, **{"accept-encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == app_server.get(address)[2]


@pytest.mark.parametrize("part", ["region", "level", "digest"])
def test_boundaries_that_do_not_exist(part: str, app_server: RunningServer, store: Store) -> None:
    edition = store.edition(store.settings.default_region)
    address = boundary_address(edition, level=next(iter(edition.region["levels"])))  # type: ignore[call-overload]
    folder, name = address.rsplit("/", 1)
    level, digest = name.removesuffix(".geojson").split("-")
    wrong = {
        "region": f"/geometry/elsewhere/{name}",
        "level": f"{folder}/district-{digest}.geojson",
        "digest": f"{folder}/{level}-{'0' * DIGEST_LENGTH}.geojson",
    }
    assert app_server.get(wrong[part])[0] == 404


def test_start_page_has_a_name_too(app_server: RunningServer) -> None:
    status, headers, _ = app_server.get("/ringkasan?lang=en")
    assert (status, headers["location"]) == (307, "/?lang=en")


VIEW = (
    "of=period&item=padi&indicator=production&area=&method=quantile&classes=5&breaks=&same=0"
    "&labels=none&unverified=0&theme=light&lang=id&step=0"
)


def colours_of(server: RunningServer, store: Store, query: str, *, level: str = "kabupaten") -> int:
    number = store.edition(store.settings.default_region).stamp.number
    folder = f"/map-colours/{store.settings.default_region}/{number}"
    return server.get(f"{folder}/{level}.json?{query}")[0]


def test_colours_of_a_view_are_answered(app_server: RunningServer, store: Store) -> None:
    assert colours_of(app_server, store, VIEW) == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("item", "x"), ("of", "x"), ("area", "99"), ("method", "x"), ("classes", "900"),
     ("breaks", "5;1"), ("same", "x"), ("labels", "x"), ("unverified", ""), ("theme", "x"),
     ("lang", "xx"), ("step", "900"), ("step", "-1"), ("words", "x")],
)  # fmt: skip
def test_colours_of_what_is_not_offered_do_not_exist(
    name: str, value: str, app_server: RunningServer, store: Store
) -> None:
    parts = dict(part.split("=") for part in VIEW.split("&")) | {name: value}
    if name == "words":
        del parts["step"]
    assert colours_of(app_server, store, "&".join(f"{k}={v}" for k, v in parts.items())) == 404


def test_colours_of_no_map_do_not_exist(app_server: RunningServer, store: Store) -> None:
    assert colours_of(app_server, store, VIEW, level="desa") == 404
    assert app_server.get(f"/map-colours/elsewhere/1/kabupaten.json?{VIEW}")[0] == 404
    region = store.settings.default_region
    assert app_server.get(f"/map-colours/{region}/999/kabupaten.json?{VIEW}")[0] == 404


# Stories


def test_a_story_that_nobody_asked_for_does_not_exist(app_server: RunningServer) -> None:
    status, headers, body = app_server.get(f"/story/{'0' * 64}")
    assert (status, headers["content-type"].split(";")[0]) == (404, "text/plain")
    assert "Buka lagi dari halaman Paparan" in body.decode()
    assert "Open it again" in body.decode()


@pytest.mark.parametrize("region", ["elsewhere", "blitar"])
def test_a_frozen_story_of_no_snapshot_does_not_exist(
    region: str, app_server: RunningServer
) -> None:
    assert app_server.get(f"/frozen-story/{region}/aaaaaaaa")[0] == 404
