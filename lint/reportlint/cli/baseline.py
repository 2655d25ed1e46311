"""`reportlint baseline`: the findings that are there already, written down, compared, and cleared of what is mended."""

from __future__ import annotations

import os

from reportlint.baseline import FILE, Baseline, load, pruned, recorded, stale, text
from reportlint.cli import streams
from reportlint.cli.check import files_of
from reportlint.cli.options import Arguments, Command, Option, action
from reportlint.cli.run import CONFIG, PACK, RULES, Session, said
from reportlint.cli.settle import mandatory_codes
from reportlint.errors import UsageError, Words, words
from reportlint.finding import FileResult

ACTIONS = ("write", "check", "prune")


def run(arguments: Arguments) -> int:
    """Do what the first argument says."""
    arguments.check()
    wanted = action("baseline", arguments.operands, ACTIONS)
    del arguments.operands[0]
    session = Session(arguments)
    path = session.baseline("") or FILE
    old = load(path) if wanted != "write" or os.path.exists(path) else None
    found = files_of(arguments, session)
    result = session.check(found.files, None, found.faults, known=False)
    if result.faults:
        # What was not checked would be missing from the baseline, or taken for mended.
        code = said(result.faults, arguments.lang)
        says = words(f"结果不完整，{path} 没有改动", f"the result is incomplete; {path} was left as it is")
        streams.write_error(says(arguments.lang))
        return code
    mandatory = mandatory_codes(session.known_rules())
    if wanted == "write":
        return _write(path, recorded(path, result.files, mandatory, old), old, arguments)
    assert old is not None
    if wanted == "prune":
        return _write(path, pruned(old, result.files), old, arguments)
    return _compare(old, result.files, mandatory, arguments)


def _write(path: str, new: Baseline, old: Baseline | None, arguments: Arguments) -> int:
    try:
        streams.write_file(path, [text(new)])
    except OSError as error:
        says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
        raise UsageError(says) from error
    before = old.count if old is not None else 0
    zh, en = f"{new.count} 个问题（原有 {before} 个）", f"{new.count} findings ({before} before)"
    _say(words(f"{new.path}：{zh}", f"{new.path}: {en}"), arguments)
    return 0


def _compare(old: Baseline, files: tuple[FileResult, ...], mandatory: frozenset[str], arguments: Arguments) -> int:
    """Say how the baseline compares with what is found; 1 where it does not hold any more."""
    findings = [finding for file in files if file.is_report for finding in file.findings]
    known = sum(finding.rule not in mandatory and old.knows(finding) for finding in findings)
    new, gone = len(findings) - known, sum(1 for _ in stale(old, files))
    _say(
        words(
            f"{old.path}：已知 {known} 个，新出现 {new} 个，已经不存在 {gone} 个",
            f"{old.path}: {known} known, {new} new, {gone} not found any more",
        ),
        arguments,
    )
    return int(bool(new or gone))


def _say(says: Words, arguments: Arguments) -> None:
    streams.write([says(arguments.lang), "\n"])


COMMAND = Command(
    name="baseline",
    takes=words("write|check|prune 文件或文件夹…", "write|check|prune PATH..."),
    says=words(
        "基线：记下现有的问题，以后只看新出现的", "write down the findings that are there, to see only new ones later"
    ),
    run=run,
    options=(
        Option(
            "--baseline",
            words(
                f"基线文件（默认：配置里的 baseline，或 {FILE}）",
                f"the file (default: `baseline` in the configuration, or {FILE})",
            ),
            words("文件", "FILE"),
        ),
        CONFIG,
        PACK,
        RULES,
    ),
    more=words(
        """  write  检查并记下现有的全部问题；没有检查到的报告，原来记下的保留
  check  与现有的问题比较，不改文件
  prune  删去已经不存在的问题；没有检查到的不动

基线里只有指纹，没有报告的文字，也不记数量和行号。上级规则包规定必须检查的规则不进基线。
要在基线所在的文件夹里运行。然后：reportlint check --baseline 文件，或者在 reportlint.toml 里写 baseline = "文件"。

退出码：0 已写好，或者与基线一致；1（check）有新出现的或已经不存在的；2 结果不完整，文件没有改动
""",
        """  write  check, and write down all that is found; what is known of reports that were not checked remains
  check  compare with what is found now, and change nothing
  prune  remove what is not found any more; what was not checked remains

A baseline holds fingerprints: nothing of the text, no counts, no lines. Findings of mandatory rules never get into it.
Run it in the folder where the baseline lies. Then: reportlint check --baseline FILE, or baseline = "FILE" in
reportlint.toml.

Exit codes: 0 written, or as the baseline says; 1 (check) something is new or not found any more; 2 the result is
incomplete, and the file was left as it is
""",
    ),
    at_least=1,
)
