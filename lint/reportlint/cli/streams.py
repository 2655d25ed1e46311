"""Standard input, output and error: in whatever encoding the console has, nothing is lost and nothing fails."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable
from typing import TextIO, cast

_PLAIN = {"›": ">", "│": "|", "━": "^", "…": "~", "·": "-", "×": "x", "：": ":", "，": ",", "；": ";", "≠": "!"}
"""What stands for signs of ours that an encoding lacks, each as wide as the sign or narrower."""


def _for_people(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char) or _escaped(char) for char in lost), error.end


def _for_programs(error: UnicodeError) -> tuple[str, int]:
    """What an encoding lacks as JSON escapes it: one or two units of UTF-16."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


def _escaped(char: str) -> str:
    return char.encode("ascii", "backslashreplace").decode("ascii")


codecs.register_error("reportlint-people", _for_people)
codecs.register_error("reportlint-programs", _for_programs)


def write(chunks: Iterable[str | bytes], *, stream: TextIO | None = None, json: bool = False) -> None:
    """Write to standard output or another stream: text, in which signs that the encoding lacks are written otherwise,
    or bytes as they are.
    """
    stream = stream or cast("TextIO", sys.stdout)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="reportlint-programs" if json else "reportlint-people")
    for chunk in chunks:
        if isinstance(chunk, bytes):
            stream.flush()
            stream.buffer.write(chunk)
        else:
            stream.write(chunk)
    stream.flush()


def write_error(text: str) -> None:
    """Write a line to standard error."""
    write((text, "\n"), stream=sys.stderr)


def write_file(path: str, chunks: Iterable[str | bytes]) -> None:
    """Write to a file: text in UTF-8 with plain line ends, bytes as they are. Raises OSError."""
    data = b"".join(c if isinstance(c, bytes) else c.encode("utf-8", "backslashreplace") for c in chunks)
    with open(path, "wb") as file:
        file.write(data)


def write_bytes(data: Iterable[bytes], path: str | None) -> None:
    """Write bytes as they are to a file, or to standard output. Raises OSError."""
    if path is not None:
        with open(path, "wb") as file:
            file.writelines(data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.writelines(data)
    sys.stdout.buffer.flush()


def is_terminal() -> bool:
    """Whether standard output is shown to a person."""
    return sys.stdout.isatty()


def read_input() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def is_colored(wish: str) -> bool:
    """Whether standard output gets colour."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def columns() -> int:
    """How many cells a line of the terminal has; 100 where there is none."""
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, 40)
    except (OSError, ValueError, AttributeError):
        return 100


def abandon() -> None:
    """Leave standard output alone after its reader has gone, so that the interpreter does not complain on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
