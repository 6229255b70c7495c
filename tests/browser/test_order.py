"""A briefing is put in order by keys and by dragging: two fast moves both count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, settle


@pytest.mark.thorough
def test_parts_are_ordered_by_keys_and_by_dragging(visit: Callable[[str], Page]) -> None:
    page = visit("/paparan?region=contoh&lang=en")
    page.get_by_role("button", name="Use", exact=True).click()
    order = page.get_by_role("listbox", name="Order of the sections")
    rows = order.get_by_role("option")
    expect(rows.nth(4)).to_be_visible(timeout=PATIENCE_MS)
    settle(page)
    # While the page is drawn again a field stands there twice for a moment.
    first, second, third = (
        page.get_by_label(f"Heading of section {n}", exact=True).first for n in (1, 2, 3)
    )
    was_first, was_second = first.input_value(), second.input_value()

    rows.nth(0).click()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(
        page.get_by_role("status").filter(has_text=f"Section {was_first}: now 3 of")
    ).to_be_attached()
    expect(first).to_have_value(was_second, timeout=PATIENCE_MS)
    expect(third).to_have_value(was_first, timeout=PATIENCE_MS)
    settle(page)

    moved = rows.nth(1).inner_text()
    rows.nth(0).scroll_into_view_if_needed()
    taken, target = rows.nth(1).bounding_box(), rows.nth(3).bounding_box()
    assert taken and target
    page.mouse.move(taken["x"] + 60, taken["y"] + taken["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] / 2)
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] - 2)
    page.mouse.up()
    expect(rows.nth(3)).to_contain_text(moved.splitlines()[1], timeout=PATIENCE_MS)
    settle(page)
    expect(rows.nth(3)).to_contain_text(moved.splitlines()[1])
