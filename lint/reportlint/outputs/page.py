"""The page of a rule: what is wrong, why it matters, the clause, examples, years, and how to switch it off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from reportlint.outputs.full import KINDS
from reportlint.outputs.summary import SEVERITIES
from reportlint.rule import Example, Rule

_HOLE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page under its own heading."""

    heading: str
    lines: tuple[str, ...]
    form: Literal["prose", "list", "code", "quote"] = "prose"


def heading(rule: Rule, lang: str) -> str:
    """The first line of the page."""
    return f"{rule.code} {unfilled(rule.title(lang))}"


def facts(rule: Rule, lang: str) -> str:
    """The second line: severity, name, pack, years, agencies."""
    english = lang == "en"
    parts = [SEVERITIES[rule.severity](lang), rule.name, f"pack {rule.pack}" if english else f"规则包 {rule.pack}"]
    parts.append(_years(rule, english))
    if rule.agencies:
        kinds = [KINDS[kind](lang) if kind in KINDS else kind for kind in sorted(rule.agencies)]
        parts.append(f"only for: {', '.join(kinds)}" if english else f"只适用于{'、'.join(kinds)}")
    if not rule.enabled:
        parts.append("off unless selected" if english else "默认不检查，要用 select 选中")
    return " · ".join(parts)


def parts(rule: Rule, lang: str) -> Iterator[Part]:
    """The parts of the page in their order; what the rule does not say is left out."""
    english = lang == "en"
    yield Part("What is wrong" if english else "问题", tuple(_messages(rule, lang)), "list")
    if rule.why is not None:
        yield Part("Why it matters" if english else "为什么要紧", (rule.why(lang),))
    if rule.basis is not None:
        yield Part("Basis" if english else "依据", (rule.basis(lang),), "quote")
    if rule.advice is not None:
        yield Part("What to do" if english else "怎么改", (unfilled(rule.advice(lang)),))
    if rule.bad:
        yield Part("Wrong" if english else "错误的写法", tuple(_examples(rule.bad, english)), "code")
    if rule.good:
        yield Part("Right" if english else "正确的写法", tuple(_examples(rule.good, english)), "code")
    yield Part("Switching it off" if english else "不检查这条规则", tuple(_off(rule, english)))


def markdown(rule: Rule) -> str:
    """The page as a document: Chinese first, then English, which leaves the examples to the Chinese."""
    return f"{document(rule, 'zh')}\n---\n\n{document(rule, 'en', examples=False)}"


def document(rule: Rule, lang: str, *, examples: bool = True) -> str:
    """The page in one language, as Markdown."""
    text = f"# {heading(rule, lang)}\n\n{facts(rule, lang)}\n"
    return text + "".join(_document(part) for part in parts(rule, lang) if examples or part.form != "code")


def index(rules: Iterable[Rule]) -> str:
    """The list of all pages."""
    lines = [
        "# 规则 Rules",
        "",
        "由规则生成，不要手改：`python -m reportlint.cli.pages docs/rules`。Generated from the rules; do not edit.",
        "",
        "| 规则 | 级别 | 年度 | 内容 | In English |",
        "|---|---|---|---|---|",
    ]
    for rule in rules:
        severity = SEVERITIES[rule.severity]("zh") + ("" if rule.enabled else "（默认不检查）")
        title, english = (_cell(unfilled(rule.title(lang))) for lang in ("zh", "en"))
        lines.append(f"| [{rule.code}]({rule.code}.md) | {severity} | {_years(rule, False)} | {title} | {english} |")
    return "\n".join(lines) + "\n"


def _document(part: Part) -> str:
    lines = "\n".join(part.lines)
    if part.form == "list" and len(part.lines) > 1:
        lines = "\n".join(f"- {line}" for line in part.lines)
    elif part.form == "quote":
        lines = "\n".join(f"> {line}" for line in part.lines)
    elif part.form == "code":
        lines = "\n\n".join(f"```text\n{line}\n```" for line in part.lines)
    return f"\n## {part.heading}\n\n{lines}\n"


def _messages(rule: Rule, lang: str) -> Iterator[str]:
    """The messages of the rule, once each, with a sign where a value goes."""
    said = [rule.message(lang), *(variant.message(lang) for variant in rule.variants.values())]
    yield from dict.fromkeys(unfilled(message) for message in said)


def _examples(examples: Iterable[Example], english: bool) -> Iterator[str]:
    """The wordings, with the year or the agency for which they are examples."""
    for example in examples:
        of = [example.agency] if example.agency else []
        if example.year is not None:
            of.append(f"report of {example.year}" if english else f"{example.year}年度的报告")
        head = (f"({', '.join(of)})\n" if english else f"（{'，'.join(of)}）\n") if of else ""
        yield head + example.text.strip("\n")


def _years(rule: Rule, english: bool) -> str:
    first, last = rule.first_year, rule.last_year
    if first is None and last is None:
        return "all years" if english else "各年度"
    if first == last:
        return f"reports of {first}" if english else f"{first}年度"
    if last is None:
        return f"reports of {first} and later" if english else f"{first}年度起"
    if first is None:
        return f"reports up to {last}" if english else f"{last}年度及以前"
    return f"reports of {first} to {last}" if english else f"{first}至{last}年度"


def _off(rule: Rule, english: bool) -> Iterator[str]:
    if rule.mandatory:
        yield (
            f"Pack {rule.pack} makes it mandatory: no configuration below can switch it off."
            if english
            else f"规则包 {rule.pack} 规定必须检查，下级单位的配置不能关闭。"
        )
        return
    yield (
        f'In reportlint.toml: `ignore = ["{rule.code}"]`, or a milder severity: `severity.{rule.code} = "info"`. '
        f"Once: `reportlint --ignore {rule.code} PATH`. "
        "A single place: an entry with the reason in reportlint-ignore.toml. "
        "Whoever keeps the configuration of the repository decides."
        if english
        else f'在 reportlint.toml 里写 `ignore = ["{rule.code}"]`，或者降低级别：`severity.{rule.code} = "info"`。'
        f"只这一次不查：`reportlint --ignore {rule.code} 文件`。"
        "只放过某一处：在 reportlint-ignore.toml 里写一条和原因。由管理这份配置的人决定。"
    )


def unfilled(message: str) -> str:
    """A message with … where a value goes."""
    return _HOLE.sub("…", message)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
