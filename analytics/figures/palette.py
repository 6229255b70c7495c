"""One palette for app, pictures and files: contrast measured on paper and on the dark ground."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours of one theme; `name` is light or dark."""

    name: str
    paper: str
    surface: str
    ink: str
    green: str
    gold: str
    blue: str
    brick: str
    violet: str
    grey: str
    line: str
    missing: str


LIGHT = Theme(
    name="light",
    paper="#F6F7F3",
    surface="#FFFFFF",
    ink="#16241C",
    green="#0B5D3B",
    gold="#9A6700",
    blue="#0F5C9A",
    brick="#A63D2F",
    violet="#5B4A9C",
    grey="#5B665F",
    line="#D5DAD2",
    missing="#E4E7E2",
)
DARK = Theme(
    name="dark",
    paper="#0F1A14",
    surface="#16241C",
    ink="#E7EFE9",
    green="#5CC48D",
    gold="#E3B341",
    blue="#6CB6F5",
    brick="#F08A7B",
    violet="#B3A4F0",
    grey="#A3AFA8",
    line="#2E3D34",
    missing="#2A352F",
)
THEMES = {"light": LIGHT, "dark": DARK}

THEME_COLOUR = {"agriculture": "green", "prices": "gold", "tourism": "blue", "smart_city": "violet"}

# Viridis family, safe for colour-blind readers; light to dark on paper, reversed on dark.
SEQUENTIAL = {
    "light": ("#E6EEA0", "#9BD17B", "#3FA57C", "#1F7188", "#2E3F73", "#2B1C50"),
    "dark": ("#2E3F73", "#1F7188", "#3FA57C", "#9BD17B", "#E6EEA0", "#FBFAD2"),
}
DIVERGING = {
    "light": ("#8C3A12", "#D08A4E", "#F0D3B0", "#EDEFEA", "#B9D8E6", "#5E9FC4", "#13598A"),
    "dark": ("#F0A070", "#B9683A", "#7A4A32", "#3A443E", "#35617A", "#4B93BE", "#8CCBF2"),
}
# Okabe-Ito order, darkened where white paper needs it; distinct for all common colour visions.
CATEGORICAL = {
    "light": (
        "#0B5D3B",
        "#B35900",
        "#0F5C9A",
        "#9C3D7A",
        "#7A6A00",
        "#5B4A9C",
        "#3D7F8C",
        "#A63D2F",
    ),
    "dark": (
        "#5CC48D",
        "#F0A04B",
        "#6CB6F5",
        "#E08BC3",
        "#D9C94A",
        "#B3A4F0",
        "#7FC9D6",
        "#F08A7B",
    ),
}


def sequential(count: int, *, theme: str = "light") -> tuple[str, ...]:
    """`count` colours from low to high, spread over the whole ramp (1 to 6)."""
    return _spread(SEQUENTIAL[theme], count)


def diverging(count: int, *, theme: str = "light") -> tuple[str, ...]:
    """`count` colours from fall to rise with a neutral middle (odd counts up to 7)."""
    return _spread(DIVERGING[theme], count)


def colour_of(code: str, *, order: tuple[str, ...], theme: str = "light") -> str:
    """The colour that a commodity or place keeps everywhere: its place in the pack's order."""
    colours = CATEGORICAL[theme]
    return colours[order.index(code) % len(colours)] if code in order else THEMES[theme].grey


def _spread(ramp: tuple[str, ...], count: int) -> tuple[str, ...]:
    if not 1 <= count <= len(ramp):
        raise ValueError(f"A ramp gives 1 to {len(ramp)} colours, not {count}.")
    if count == 1:
        return (ramp[len(ramp) // 2],)
    last = len(ramp) - 1
    return tuple(ramp[round(position * last / (count - 1))] for position in range(count))
