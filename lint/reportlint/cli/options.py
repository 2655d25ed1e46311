"""Options as data, and the reading of a command line by them: bilingual, with the nearest word for a misspelt one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.errors import UsageError, Words, words
from reportlint.violations import nearest


class Option(NamedTuple):
    """An option; one without a `value` is a switch."""

    name: str
    says: Words
    value: Words | None = None
    """What the value is called in the help."""
    short: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False
    """Whether it may be given several times, or with several values separated by commas."""
    split: bool = True
    """Whether commas separate values of an option that may have many."""


class Command(NamedTuple):
    """A command: what it takes and what it does."""

    name: str
    takes: Words
    """The arguments as the help shows them."""
    says: Words
    run: Callable[[Arguments], int]
    options: tuple[Option, ...] = ()
    more: Words | None = None
    """What the help says below the options."""
    at_least: int = 0
    at_most: int | None = None


@dataclass(slots=True)
class Arguments:
    """A command line that was read. What is wrong with it is kept, so that it can be said in the format asked for."""

    lang: str = "zh"
    operands: list[str] = field(default_factory=list[str])
    switches: set[str] = field(default_factory=set[str])
    values: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    problems: list[Words] = field(default_factory=list[Words])

    def value(self, name: str) -> str | None:
        """The value of an option, the last one given."""
        given = self.values.get(name)
        return given[-1] if given else None

    def check(self) -> None:
        """Raise UsageError for what is wrong."""
        if self.problems:
            zh, en = ("\n".join(problem[lang] for problem in self.problems) for lang in ("zh", "en"))
            raise UsageError(words(zh, en))


LANG = Option("--lang", words("语言：zh 中文（默认），en 英文", "language: zh Chinese (default), en English"),
              words("语言", "LANG"), choices=("zh", "en"))  # fmt: skip
HELP = Option("--help", words("显示这份说明", "show this help"), short="-h")


def read(command: Command, argv: Sequence[str], lang: str) -> Arguments:
    """The arguments of a command."""
    known = {option.name: option for option in (*command.options, LANG, HELP)}
    known |= {option.short: option for option in (*command.options, LANG, HELP) if option.short}
    read = Arguments(lang)
    rest = iter(argv)
    for word in rest:
        if word == "--":
            read.operands += rest
        elif not word.startswith("-") or word == "-":
            read.operands.append(word)
        else:
            name, equals, value = word.partition("=")
            option = known.get(name)
            if option is None:
                read.problems.append(_unknown(name, command))
            else:
                _take(read, option, value if equals else None, rest)
    if "--help" not in read.switches:
        read.problems += _miscounted(command, read)
    return read


def _take(read: Arguments, option: Option, value: str | None, rest: Iterator[str]) -> None:
    """Take an option, with its value from after the equals sign or from the next word."""
    if option.value is None:
        read.switches.add(option.name)
        if value is not None:
            read.problems.append(words(f"选项 {option.name} 不带值", f"option {option.name} takes no value"))
        return
    if value is None:
        value = next(rest, None)
    if value is None or value.startswith("--"):
        read.problems.append(words(f"选项 {option.name} 后面缺少值", f"option {option.name} needs a value"))
        return
    given = [part.strip() for part in value.split(",") if part.strip()] if option.many and option.split else [value]
    if not all(given) or not given:
        read.problems.append(words(f"选项 {option.name} 的值是空的", f"the value of option {option.name} is empty"))
        return
    for item in given:
        if option.choices and item not in option.choices:
            read.problems.append(_no_choice(option, item))
    read.values.setdefault(option.name, []).extend(given)


def _no_choice(option: Option, item: str) -> Words:
    zh, en = hint(nearest(item, option.choices))
    listed = option.choices
    return words(
        f"选项 {option.name} 只能是 {'、'.join(listed)}，现在是“{item}”{zh}",
        f"option {option.name} must be one of {', '.join(listed)}, it is “{item}”{en}",
    )


def _unknown(name: str, command: Command) -> Words:
    zh, en = hint(nearest(name, [option.name for option in (*command.options, LANG, HELP)]))
    return words(f"没有选项 {name}{zh}", f"there is no option {name}{en}")


def _miscounted(command: Command, read: Arguments) -> Iterator[Words]:
    count = len(read.operands)
    if count < command.at_least:
        yield words(
            f"reportlint {command.name} 后面要写 {command.takes['zh']}",
            f"reportlint {command.name} needs {command.takes['en']}",
        )
    if command.at_most is not None and count > command.at_most:
        extra = read.operands[command.at_most]
        yield words(f"多余的参数：{extra}", f"one argument too many: {extra}")


def action(command: str, operands: Sequence[str], actions: Sequence[str]) -> str:
    """The first operand, which says what the command does. Raises UsageError where it is none of these actions."""
    found = operands[0] if operands else ""
    if found in actions:
        return found
    zh, en = hint(nearest(found, actions))
    raise UsageError(
        words(
            f"reportlint {command} 后面写 {'、'.join(actions)}，现在是“{found}”{zh}",
            f"reportlint {command} takes {', '.join(actions)}, it is “{found}”{en}",
        )
    )


def hint(near: str) -> tuple[str, str]:
    """“Did you mean” in both languages; empty where there is nothing near."""
    return (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
