"""Harga komoditas: any price series, its season, its forecast, and beside others."""

from analytics.prices.catalogue import price_catalogue
from pages.prices import choices as choice
from pages.prices import parts
from pages.ui import cache
from pages.ui.warning_list import show_warning_list

edition = cache.edition()
catalogue = cache.result(price_catalogue, edition)
if not catalogue.series:
    parts.show_nothing()

chosen = choice.choose(edition, catalogue)
parts.SHOW[chosen.view](edition, catalogue, chosen)
show_warning_list(edition, item=chosen.listed.key.item)
