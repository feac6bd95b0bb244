"""Text on a terminal: made harmless, measured in cells, cut and wrapped."""

import unicodedata
from collections.abc import Callable


def visible(text: str) -> str:
    """The text on one line, with control characters made visible."""
    return replace_controls(" ".join(text.splitlines()), _escape)


def harmless(text: str) -> str:
    """The text for a terminal: lines and tabs stay, other control characters are made visible."""
    return replace_controls(text, _escape, kept="\n\t")


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}"


def replace_controls(text: str, replacement: Callable[[str], str], kept: str = "") -> str:
    """The text with a replacement for each control or format character but those kept."""
    if text.isprintable():
        return text
    return "".join(
        replacement(character)
        if unicodedata.category(character) in ("Cc", "Cf") and character not in kept
        else character
        for character in text
    )


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):  # joins the character before it
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits so many cells before an ellipsis."""
    return text if cells(text) <= width else text[: _fitting(text, width - 1)] + "…"


def _fitting(text: str, width: int) -> int:
    """How many characters from the start fit so many cells; at least one."""
    for i, character in enumerate(text):
        width -= _cells(character)
        if width < 0 and i:
            return i
    return len(text)


def pad(text: str, width: int, right: bool = False) -> str:
    """The text with blanks after it, or before it for `right`, to take so many cells."""
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int, *, break_words: bool = False) -> list[str]:
    """The text in lines of at most so many cells, at least one line.

    Args:
        text: what to wrap, at blanks.
        width: cells of a line.
        break_words: whether to break a word that is longer than a line, rather than to keep it
            whole, as a link must be.
    """
    lines = [""]
    for word in text.split(" "):
        line = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(line) <= width or not lines[-1]:
            lines[-1] = line
        else:
            lines.append(word)
        while break_words and cells(lines[-1]) > width:
            end = _fitting(lines[-1], width)
            lines[-1:] = [lines[-1][:end], lines[-1][end:]]
    return lines
