"""The app: who is asking, which page, in which frame. Served by `server.py`."""

from pages.ui.access import who_is_asking
from pages.ui.navigation import choose_page

choose_page(who_is_asking()).run()
