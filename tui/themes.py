"""The panel's three looks: light, dark and high contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="narrator-dark",
    primary="#7cc4f5",
    secondary="#b9a7e8",
    accent="#f2b56b",
    foreground="#e6e8ea",
    background="#14171b",
    surface="#1a1e23",
    panel="#232930",
    success="#86d19b",
    warning="#f2c46b",
    error="#ff8f87",
    dark=True,
)
LIGHT = Theme(
    name="narrator-light",
    primary="#0b5c94",
    secondary="#5b3f99",
    accent="#9a4b00",
    foreground="#1d2125",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e2da",
    success="#1d6b34",
    warning="#8a5a00",
    error="#a8201a",
    dark=False,
)
CONTRAST = Theme(
    name="narrator-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#333333",
    panel="#222222",
    boost="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff9d9d",
    dark=True,
    variables={"border": "#ffffff", "block-cursor-foreground": "#000000", "footer-key-foreground": "#ffff00"},
)
THEMES = (DARK, LIGHT, CONTRAST)
