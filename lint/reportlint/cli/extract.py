"""`reportlint extract`: reports as data, as `report.schema.json` says."""

from __future__ import annotations

from typing import Any

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import CONFIG, PACK, Session, opened, said
from reportlint.errors import Unreadable, words
from reportlint.finding import Fault


def run(arguments: Arguments) -> int:
    """Write the data of one file as an object, of several as an array; files that cannot be read are left out."""
    import json

    arguments.check()
    session = Session(arguments)
    reports: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for path in arguments.operands:
        linter = session.linter_of(path)
        faults += (fault for fault in linter.faults if fault not in faults)
        try:
            reports.append(linter.extract(*opened(path)))
        except Unreadable as error:
            faults.append(Fault(error.code, path, error.words))
    several = len(arguments.operands) > 1
    if several or reports:
        data = reports if several else reports[0]
        streams.write([json.dumps(data, ensure_ascii=False, indent=2), "\n"], json=True)
    return said(faults, arguments.lang)


COMMAND = Command(
    name="extract",
    takes=words("文件…", "FILE..."),
    says=words(
        "把报告的各部分和表格数字取出来，供程序使用（JSON）", "give the parts and figures of reports as data (JSON)"
    ),
    run=run,
    options=(
        Option(
            "--format",
            words("输出格式：只有 json", "the format: only json"),
            words("格式", "FORMAT"),
            choices=("json",),
        ),
        CONFIG,
        PACK,
    ),
    at_least=1,
)
