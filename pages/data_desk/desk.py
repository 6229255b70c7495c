"""Meja data: files and forms come in, another person publishes them, anything is taken back."""

from pages.data_desk import parts
from pages.ui import access

parts.show(access.who_is_asking())
