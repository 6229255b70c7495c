"""Outlines of areas: for reports on this side, and for the browser, which fetches them once.

They come from an edition: a pack that is being edited, or is broken, changes no map.
"""

from __future__ import annotations

import streamlit as st

from analytics.editions.edition import Edition
from analytics.geography.boundaries import HASH_LENGTH, Boundary, WebGeometry, web_geometry
from analytics.geography.levels import edition_boundary

DIGEST_LENGTH = HASH_LENGTH
LEVELS_KEPT = 16


def boundary_address(edition: Edition, *, level: str) -> str:
    """Address of a level's boundaries (GeoJSON); new boundaries get a new address.

    Raises KeyError for a level that the edition does not have.
    """
    name = boundary_of(edition, level=level).file_name
    return f"{prefix()}/geometry/{edition.stamp.region}/{name}"


def boundary_of(edition: Edition, *, level: str) -> WebGeometry:
    """A level's boundaries as the browser gets them. Raises KeyError for an unknown level."""
    return _kept_geometry(edition, edition.stamp.region, edition.stamp.number, level)


def outlines(edition: Edition, *, level: str) -> Boundary:
    """A level's areas with names and outlines. Raises KeyError for an unknown level."""
    return _kept_outlines(edition, edition.stamp.region, edition.stamp.number, level)


def digest(boundary: WebGeometry) -> str:
    """The part of the address that changes with the content."""
    return boundary.content_hash


def prefix() -> str:
    """The path below which the app is served, without a slash at the end; mostly empty."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}" if base else ""


@st.cache_resource(max_entries=LEVELS_KEPT, show_spinner=False)
def _kept_outlines(_edition: Edition, region: str, number: int, level: str) -> Boundary:  # noqa: ARG001
    return edition_boundary(_edition, level=level)


@st.cache_resource(max_entries=LEVELS_KEPT, show_spinner=False)
def _kept_geometry(_edition: Edition, region: str, number: int, level: str) -> WebGeometry:  # noqa: ARG001
    return web_geometry(outlines(_edition, level=level))
