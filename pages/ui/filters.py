"""Filters: widgets whose choice stands in the address, comes back from it and lasts over pages.

A link carries every choice, also one that equals the default, so that it shows the same
view when defaults have changed. A value in the address that is not offered is not used:
the default is shown, with a note. Each filter's name must be unique on its page.

A choice is known before its widget is drawn: on a `LaterRow` the widgets wait, so that what
depends on them can be sent to the browser first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from pages.ui import state

Code = TypeVar("Code", str, int)
Words = Callable[[Any], str]

KEY_PREFIX = "filter_"
BETWEEN = ","
SPAN_MARK = ".."
SHOWN_OF_A_BAD_VALUE = 40


@dataclass
class Row:
    """Cells of one row of filters, taken from left to right; the last cell takes what follows."""

    cells: Sequence[Any]
    taken: int = field(default=0)

    def next_cell(self) -> AbstractContextManager[Any]:
        cell = self.cells[min(self.taken, len(self.cells) - 1)]
        self.taken += 1
        return cell


@dataclass
class LaterRow:
    """One row of filters whose choices are read now and whose widgets are drawn later.

    What depends on a choice can so be sent before the widgets, and one widget can be drawn by
    another part of the page than the rest. `on_change` is called when a widget has changed,
    before the page runs.
    """

    key: str
    visible: int = 3
    on_change: Callable[[], None] | None = None
    waiting: dict[str, Callable[..., object]] = field(default_factory=dict)

    def folded(self, key: str) -> LaterRow:
        """The filters that are seldom used, folded away in the row's next cell."""
        inside = LaterRow(key, on_change=self.on_change)
        self.waiting[key] = inside._draw_folded
        return inside

    def cells(self) -> dict[str, Any]:
        """Draws the empty row; gives the cell of each widget by name."""
        with row(self.key, visible=self.visible) as cells:
            return dict(zip(self.waiting, cells.cells, strict=False))

    def draw(self, cells: Mapping[str, Any], *, but: Collection[str] = ()) -> None:
        """Draws the widgets in their cells, those named in `but` left out."""
        for name, cell in cells.items():
            if name not in but:
                with cell:
                    self.waiting[name](on_change=self.on_change)

    def draw_one(self, name: str, cell: Any) -> None:
        """Draws the widget of that name, where there is one; its change calls nothing."""
        if name in self.waiting:
            with cell:
                self.waiting[name]()

    def _draw_folded(self, *, on_change: Callable[[], None] | None = None) -> None:
        fold = st.popover(
            state.say("ui.filters.more"), width="stretch", key=f"more_{self.key}", on_change="rerun"
        )
        if fold.open:
            with fold:
                for widget in self.waiting.values():
                    widget(on_change=on_change)


Cell = Row | LaterRow | None


@contextmanager
def row(key: str, *, visible: int = 3) -> Iterator[Row]:
    """One row of up to `visible` filters; on a telephone they stand below each other."""
    with st.container(key=f"filters_{key}"):
        yield Row(st.columns(visible, vertical_alignment="bottom"))


@contextmanager
def more(*, key: str, cell: Row | None = None) -> Iterator[None]:
    """The filters that are seldom used, folded away."""
    with (
        _place(cell),
        st.popover(state.say("ui.filters.more"), width="stretch", key=f"more_{key}"),
    ):
        yield


def choose_one(
    name: str,
    *,
    label: str,
    options: Sequence[Code],
    words: Words = str,
    default: Code | None = None,
    cell: Cell = None,
) -> Code:
    """One of many: a list that can be searched by typing."""
    _refuse_nothing(name, options)
    default = options[0] if default is None else default
    key = _restored(name, default=default, read=_reader(options), words=words)
    _keep_offered(key, options, default)
    _draw(cell, st.selectbox, state.say(label), options, format_func=words, key=key)
    return _written_as(name, str)


def choose_view(
    name: str,
    *,
    label: str,
    options: Sequence[Code],
    words: Words = str,
    default: Code | None = None,
    cell: Cell = None,
    hides_label: bool = False,
) -> Code:
    """One of few: buttons beside each other."""
    _refuse_nothing(name, options)
    default = options[0] if default is None else default
    key = _restored(name, default=default, read=_reader(options), words=words)
    _keep_offered(key, options, default)
    _draw(
        cell,
        st.segmented_control,
        state.say(label),
        options,
        format_func=words,
        key=key,
        required=True,
        label_visibility="collapsed" if hides_label else "visible",
    )
    return _written_as(name, str)


def choose_step(
    name: str,
    *,
    label: str,
    options: Sequence[Code],
    words: Words = str,
    default: Code | None = None,
    cell: Cell = None,
) -> Code:
    """One of an ordered row, such as years: a slider. The default is the last."""
    _refuse_nothing(name, options)
    default = options[-1] if default is None else default
    key = _restored(name, default=default, read=_reader(options), words=words)
    _keep_offered(key, options, default)
    if len(options) == 1:
        return _written(name, options[0], str(options[0]))
    _draw(cell, st.select_slider, state.say(label), options, format_func=words, key=key)
    return _written_as(name, str)


def choose_span(
    name: str,
    *,
    label: str,
    options: Sequence[Code],
    words: Words = str,
    default: tuple[Code, Code] | None = None,
    cell: Cell = None,
) -> tuple[Code, Code]:
    """First and last of an ordered row: a slider with two handles. The default is all of it."""
    _refuse_nothing(name, options)
    default = (options[0], options[-1]) if default is None else default
    key = _restored(
        name,
        default=default,
        read=_span_reader(options),
        words=lambda span: _span_words(span, words),
    )
    if not set(st.session_state[key]) <= set(options):
        st.session_state[key] = default
    if len(options) == 1:
        return _written(name, default, _span_text(default))
    _draw(cell, st.select_slider, state.say(label), options, format_func=words, key=key)
    return _written(name, tuple(st.session_state[key]), _span_text(st.session_state[key]))


def choose_many(
    name: str,
    *,
    label: str,
    options: Sequence[Code],
    words: Words = str,
    default: Sequence[Code] = (),
    at_most: int | None = None,
    at_least: int = 0,
    cell: Cell = None,
) -> tuple[Code, ...]:
    """Several of many. Fewer than `at_least` gives the default again."""
    default = tuple(default)
    key = _restored(
        name,
        default=list(default),
        read=_many_reader(options, at_most=at_most),
        words=lambda chosen: BETWEEN.join(words(code) for code in chosen),
    )
    kept = [code for code in st.session_state[key] if code in options]
    kept = kept if len(kept) >= at_least else list(default)
    if kept != st.session_state[key]:
        st.session_state[key] = kept
    _draw(
        cell,
        st.multiselect,
        state.say(label),
        options,
        format_func=words,
        key=key,
        max_selections=at_most,
        placeholder=state.say("ui.filters.choose"),
    )
    value = st.session_state[key]
    chosen = tuple(value) if len(value) >= at_least else default
    return _written(name, chosen, BETWEEN.join(str(code) for code in chosen))


def switch(name: str, *, label: str, default: bool = False, cell: Cell = None) -> bool:
    """Yes or no."""
    key = _restored(name, default=default, read={"1": True, "0": False}.get, words=str)
    _draw(cell, st.toggle, state.say(label), key=key)
    value = bool(st.session_state[key])
    return _written(name, value, "1" if value else "0")


def number(name: str, *, label: str, default: int, low: int, high: int, cell: Cell = None) -> int:
    """A whole number between `low` and `high`."""
    key = _restored(name, default=default, read=_reader(range(low, high + 1)), words=str)
    _keep_offered(key, range(low, high + 1), default)
    limits = {"min_value": low, "max_value": high, "step": 1}
    _draw(cell, st.number_input, state.say(label), **limits, key=key)
    return _written_as(name, str)


def typed(name: str, *, label: str, default: str = "", cell: Cell = None) -> str:
    """Free text, such as limits of classes; the page checks what it means."""
    key = _restored(name, default=default, read=lambda found: found, words=str)
    _draw(cell, st.text_input, state.say(label), key=key)
    value = st.session_state[key] or ""
    return _written(name, value, value)


def place_of(name: str) -> str:
    """CSS selector of the filter's widget on the page: Streamlit marks it with its key."""
    return f".st-key-{KEY_PREFIX}{name}"


def view_link() -> str:
    """The query of this view, to be put behind the page's address."""
    return "?" + urlencode(sorted(st.query_params.to_dict().items()))


def _restored(name: str, *, default: Any, read: Callable[[str], Any], words: Words) -> str:
    """Sets the widget's state from the address, else from before, and gives the widget's key.

    The address wins when it is not what was written there last: someone followed a link.
    """
    key = f"{KEY_PREFIX}{name}"
    found = st.query_params.get(name)
    is_from_a_link = found is not None and found != st.session_state.get(f"{key}_written")
    if is_from_a_link:
        value = read(str(found))
        st.session_state[key] = default if value is None else value
        if value is None:
            _tell_not_offered(str(found), shown=words(default))
    elif key not in st.session_state:
        st.session_state[key] = st.session_state.get(f"{key}_kept", default)
    return key


def _keep_offered(key: str, options: Sequence[Any], default: Any) -> None:
    """A choice kept from another page or region that is not offered here gives way."""
    if st.session_state[key] not in options:
        st.session_state[key] = default


def _written(name: str, value: Any, words: str) -> Any:
    """Writes the choice into the address and keeps it for the other pages."""
    key = f"{KEY_PREFIX}{name}"
    st.session_state[f"{key}_kept"] = list(value) if isinstance(value, tuple) else value
    st.session_state[f"{key}_written"] = words
    state.to_address(**{name: words})
    return value


def _tell_not_offered(found: str, *, shown: str) -> None:
    short = found if len(found) <= SHOWN_OF_A_BAD_VALUE else f"{found[:SHOWN_OF_A_BAD_VALUE]}…"
    note = state.say("ui.filters.not_offered", found=short, shown=shown)
    st.html(f"<p class='figure-note' role='status'>{escape(note)}</p>")


def _refuse_nothing(name: str, options: Sequence[Any]) -> None:
    if not options:
        raise ValueError(
            f"Filter '{name}' has nothing to choose from; show an empty state instead."
        )


def _draw(
    cell: Cell, widget: Callable[..., object], *words: object, key: str, **settings: object
) -> None:
    """Draws the widget in its cell now, or leaves it waiting in a row that is drawn later."""
    if isinstance(cell, LaterRow):
        name = key.removeprefix(KEY_PREFIX)
        cell.waiting[name] = partial(widget, *words, key=key, **settings)
        return
    with _place(cell):
        widget(*words, key=key, **settings)


def _written_as(name: str, words: Words) -> Any:
    value = st.session_state[f"{KEY_PREFIX}{name}"]
    return _written(name, value, words(value))


def _place(cell: Row | None) -> AbstractContextManager[Any]:
    return cell.next_cell() if cell else nullcontext()


def _reader(options: Sequence[Any]) -> Callable[[str], Any]:
    """Gives the option that is written like the address says, or None."""
    by_words = {str(option): option for option in options}
    return by_words.get


def _span_reader(options: Sequence[Any]) -> Callable[[str], Any]:
    read = _reader(options)

    def read_span(found: str) -> tuple[Any, Any] | None:
        first, _, last = found.partition(SPAN_MARK)
        span = (read(first), read(last))
        if None in span or options.index(span[0]) > options.index(span[1]):
            return None
        return span

    return read_span


def _many_reader(options: Sequence[Any], *, at_most: int | None) -> Callable[[str], Any]:
    read = _reader(options)

    def read_many(found: str) -> list[Any] | None:
        chosen = [read(part) for part in found.split(BETWEEN) if part]
        if None in chosen or (at_most is not None and len(chosen) > at_most):
            return None
        return list(dict.fromkeys(chosen))

    return read_many


def _span_text(span: Sequence[Any]) -> str:
    return f"{span[0]}{SPAN_MARK}{span[1]}"


def _span_words(span: Sequence[Any], words: Words) -> str:
    return f"{words(span[0])}–{words(span[1])}"
