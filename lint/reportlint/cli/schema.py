"""`reportlint schema`: the JSON Schemas, for editors and for programs."""

from __future__ import annotations

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, hint
from reportlint.errors import UsageError, words
from reportlint.kinds import KINDS
from reportlint.violations import nearest

NAMES = ("pack", "rules", "cases", "config", "ignore", "baseline", "form", "report", "findings", "vocabulary")


def run(arguments: Arguments) -> int:
    """Print the schema of that name; that of a kind of rule, too."""
    arguments.check()
    import json

    import reportlint_schemas

    (name,) = arguments.operands
    if name in NAMES:
        schema = reportlint_schemas.load(name)
    elif name in KINDS:
        schema = {**reportlint_schemas.kind(name), "$defs": reportlint_schemas.definitions()}
    else:
        zh, en = hint(nearest(name, (*NAMES, *KINDS)))
        listed = ", ".join(NAMES)
        raise UsageError(
            words(
                f"没有名为“{name}”的格式定义{zh}（有 {'、'.join(NAMES)}，以及各种类规则的 {'、'.join(KINDS)}）",
                f"there is no schema “{name}”{en} (there are {listed}, and of kinds of rule {', '.join(KINDS)})",
            )
        )
    streams.write([json.dumps(schema, ensure_ascii=False, indent=2), "\n"], json=True)
    return 0


COMMAND = Command(
    name="schema",
    takes=words("名称", "NAME"),
    says=words("打印规则包、配置、输出等的 JSON Schema", "print a JSON Schema: of packs, configuration, output"),
    run=run,
    more=words(
        f"""名称：{"、".join(NAMES)}，或规则的种类（{"、".join(KINDS)}）。

编辑器里用（以 VS Code 的 Even Better TOML 为例）：
  reportlint schema pack > pack.schema.json
然后在规则包的第一行写 #:schema ./pack.schema.json，写错的键马上标出来。
""",
        f"""Names: {", ".join(NAMES)}, or a kind of rule ({", ".join(KINDS)}).

In an editor (Even Better TOML for VS Code, for example):
  reportlint schema pack > pack.schema.json
and in the first line of the pack #:schema ./pack.schema.json; wrong keys are marked as they are typed.
""",
    ),
    at_least=1,
    at_most=1,
)
