"""`reportlint init`: a repository of reports, with a configuration and the hooks."""

from __future__ import annotations

from pathlib import Path

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command
from reportlint.errors import UsageError, words
from reportlint.starter import repository


def run(arguments: Arguments) -> int:
    """Write what is not there yet; what is there is left alone, and said."""
    arguments.check()
    folder = Path(arguments.operands[0]) if arguments.operands else Path()
    written: list[str] = []
    kept: list[str] = []
    for name, text in repository().items():
        path = folder / name
        if path.exists():
            kept.append(path.as_posix())
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
            raise UsageError(says) from error
        written.append(path.as_posix())
    english = arguments.lang == "en"
    lines = [f"{'Written: ' if english else '已写好：'}{path}" for path in written]
    lines += [f"{'Left alone: ' if english else '已经有了，没有改动：'}{path}" for path in kept]
    lines.append(
        "Next: reportlint new --help; before every commit: pre-commit install"
        if english
        else "下一步：reportlint new --help；提交前自动检查：pre-commit install"
    )
    streams.write(f"{line}\n" for line in lines)
    return 0


COMMAND = Command(
    name="init",
    takes=words("[文件夹]", "[FOLDER]"),
    says=words(
        "建一个报告仓库：配置、提交前的检查、放报告的文件夹",
        "make a repository of reports: configuration, hooks, folder",
    ),
    run=run,
    more=words(
        """写 reportlint.toml、.pre-commit-config.yaml、.gitignore 和 reports/README.md；已经有的不改。

退出码：0 已写好；2 写不进去
""",
        """Writes reportlint.toml, .pre-commit-config.yaml, .gitignore and reports/README.md; what is there is left
alone.

Exit codes: 0 written; 2 could not be written
""",
    ),
    at_most=1,
)
