"""Where the browser fetches boundaries: once, by an address that names their content."""

from __future__ import annotations

import streamlit as st

from analytics.pack.reader import Pack, Resource

DIGEST_LENGTH = 16


def boundary_address(pack: Pack, *, level: str) -> str:
    """Address of a level's boundaries (GeoJSON); new boundaries get a new address.

    Raises KeyError for a level that the pack does not have.
    """
    name = f"{level}-{digest(boundary_of(pack, level=level))}.geojson"
    return f"{prefix()}/geometry/{pack.region['region']}/{name}"


def boundary_of(pack: Pack, *, level: str) -> Resource:
    """The pack's boundary file of a level. Raises KeyError for an unknown level."""
    return pack.resource(pack.region["levels"][level]["boundary"])  # type: ignore[index]


def digest(boundary: Resource) -> str:
    """The part of the address that changes with the content."""
    return boundary.sha256[:DIGEST_LENGTH]


def prefix() -> str:
    """The path below which the app is served, without a slash at the end; mostly empty."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}" if base else ""
