"""Outlines of areas: for reports on this side, and for the browser, which fetches them once."""

from __future__ import annotations

import streamlit as st

from analytics.geography.boundaries import HASH_LENGTH, Boundary, WebGeometry, web_geometry
from analytics.geography.levels import level_boundary, level_digests
from analytics.pack.reader import Pack

DIGEST_LENGTH = HASH_LENGTH
LEVELS_KEPT = 16


def boundary_address(pack: Pack, *, level: str) -> str:
    """Address of a level's boundaries (GeoJSON); new boundaries get a new address.

    Raises KeyError for a level that the pack does not have.
    """
    name = boundary_of(pack, level=level).file_name
    return f"{prefix()}/geometry/{pack.region['region']}/{name}"


def boundary_of(pack: Pack, *, level: str) -> WebGeometry:
    """A level's boundaries as the browser gets them. Raises KeyError for an unknown level."""
    return _kept_geometry(pack, level, level_digests(pack, level=level))


def outlines(pack: Pack, *, level: str) -> Boundary:
    """A level's areas with names and outlines. Raises KeyError for an unknown level."""
    return _kept_outlines(pack, level, level_digests(pack, level=level))


def digest(boundary: WebGeometry) -> str:
    """The part of the address that changes with the content."""
    return boundary.content_hash


def prefix() -> str:
    """The path below which the app is served, without a slash at the end; mostly empty."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}" if base else ""


@st.cache_resource(max_entries=LEVELS_KEPT, show_spinner=False)
def _kept_outlines(_pack: Pack, level: str, digests: tuple[str, ...]) -> Boundary:  # noqa: ARG001
    return level_boundary(_pack, level=level)


@st.cache_resource(max_entries=LEVELS_KEPT, show_spinner=False)
def _kept_geometry(_pack: Pack, level: str, digests: tuple[str, ...]) -> WebGeometry:
    return web_geometry(_kept_outlines(_pack, level, digests))
