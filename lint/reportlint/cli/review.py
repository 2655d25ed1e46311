"""`reportlint review`: the reports of many units at once: who has reported, what must be mended, sums, changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reportlint.cli import streams
from reportlint.cli.files import find
from reportlint.cli.help import EXIT_CODES
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.progress import watched
from reportlint.cli.run import CONFIG, PACK, Session, said
from reportlint.errors import UsageError, words
from reportlint.finding import Result
from reportlint.outputs.summary import left_alone
from reportlint.review.aggregate import Draft, drafts
from reportlint.review.book import Review, workbook
from reportlint.review.changes import Changes, compare, read, write
from reportlint.review.notice import file_name, library, notice
from reportlint.review.units import LATE, MISSING, Unit, units, year_under_review
from reportlint.roster import read_roster

BOOK = words("审核.xlsx", "review.xlsx")
NOTICES = words("退改通知", "notices")


def run(arguments: Arguments) -> int:
    """Check everything, write the workbook and the notices, say what came of it."""
    arguments.check()
    lang = arguments.lang
    roster_path, out = arguments.value("--roster"), arguments.value("--out")
    if roster_path is None or out is None:
        raise UsageError(words("review 要写明 --roster 名册 和 --out 文件夹", "review needs --roster and --out"))
    with_notices = "--no-notices" not in arguments.switches
    if with_notices:
        library()
    roster = read_roster(Path(roster_path))
    folder = Path(out)
    before = read(folder)
    session = Session(arguments)
    inside = os.path.join(os.path.abspath(out), "")
    found = find(arguments.operands, session.settings_of, [f".{kind}" for kind in session.plugins.readers])
    skipped = {os.path.abspath(roster_path)}
    files = [
        path
        for path in found.files
        if os.path.abspath(path) not in skipped and not os.path.abspath(path).startswith(inside)
    ]
    result = session.check(files, None, found.faults, contents=True)
    year = year_under_review(result.files)
    if year is None:
        said(result.faults, lang)
        raise UsageError(words("没有一份报告看得出是哪一年度的", "no report tells which year it is for"))
    listed = units(result, roster, year)
    changes = compare(before, result)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sent = _notices(listed, year, result, folder, lang) if with_notices else {}
        review = Review(result, year, listed, drafts(listed, roster), changes, sent)
        (folder / BOOK(lang)).write_bytes(workbook(review, lang, out))
        write(folder, result)
    except OSError as error:
        says = words(f"{out}：写不进去：{error.strerror}", f"{out}: cannot be written: {error.strerror}")
        raise UsageError(says) from error
    streams.write(f"{line}\n" for line in _summary(review, out, lang))
    said(result.faults, lang)
    return result.exit_code


def _notices(listed: list[Unit], year: int, result: Result, folder: Path, lang: str) -> dict[str, str]:
    """Write a notice for each unit that must mend something; remove those of the last review that none gets now."""
    home = folder / NOTICES(lang)
    home.mkdir(exist_ok=True)
    sent: dict[str, str] = {}
    wanted = {unit.name: unit for unit in listed if unit.is_known and unit.must_mend(result)}
    for name in watched(tuple(wanted), lang):
        unit = wanted[name]
        target = home / file_name(unit)
        target.write_bytes(notice(unit, year, result))
        sent[name] = f"{home.name}/{target.name}"
    kept = {path.rpartition("/")[2] for path in sent.values()}
    for old in home.glob("*.docx"):
        if old.name not in kept and not old.name.startswith("~$"):
            old.unlink()
    return sent


def _summary(review: Review, out: str, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    result, year = review.result, review.year
    standings = [unit.standing(year) for unit in review.units]
    missing, late = (sum(standing is kind for standing in standings) for kind in (MISSING, LATE))
    asked = sum(unit.member is not None for unit in review.units)
    errors, warnings, infos = (result.count(level) for level in ("error", "warning", "info"))
    if zh:
        yield f"{year}年度：名册 {asked} 个单位，未报送 {missing}，逾期 {late}；退改通知 {len(review.notices)} 份"
        yield f"问题：错误 {errors}，警告 {warnings}，提示 {infos}"
    else:
        yield f"{year}: {asked} units in the roster, {missing} missing, {late} late; {len(review.notices)} notices"
        yield f"Findings: {errors} errors, {warnings} warnings, {infos} infos"
    for says in left_alone(result):
        yield says(lang)
    yield from _changed(review.changes, zh)
    for draft in review.drafts:
        if draft.agency:
            yield _compared(draft, zh)
    name = os.path.join(out, BOOK(lang)).replace(os.sep, "/")
    yield f"写入 {name}（退出码 {result.exit_code}）" if zh else f"Written: {name} (exit code {result.exit_code})"


def _changed(changes: Changes, zh: bool) -> Iterator[str]:
    if changes.first:
        return
    new, remaining, mended, gone = (
        len(part) for part in (changes.new, changes.remaining, changes.mended, changes.gone)
    )
    if zh:
        yield f"与上次审核相比：新出现 {new}，已改正 {mended}，仍未改 {remaining}，这次没有查到那里 {gone}"
    else:
        yield f"Since the last review: {new} new, {mended} mended, {remaining} remaining, {gone} not checked this time"


def _compared(draft: Draft, zh: bool) -> str:
    count = sum(1 for _ in draft.differences())
    apart = sum(not draft.compares(key) for key in draft.tables)
    if zh:
        return f"汇总核对 {draft.agency}：{count} 格与成员之和不符" + (f"，{apart} 张表不能核对" if apart else "")
    return f"{draft.agency}: {count} cells are not the sum of the members" + (
        f", {apart} tables cannot be compared" if apart else ""
    )


COMMAND = Command(
    name="review",
    takes=words("文件或文件夹…", "PATH..."),
    says=words(
        "集中审核许多单位的报告：谁没有报、要退改什么、汇总和核对",
        "review the reports of many units: who is missing, what must be mended, sums",
    ),
    run=run,
    options=(
        Option(
            "--roster",
            words("应当报告的机关名册：.toml、.csv 或 .xlsx 文件", "who must report: a .toml, .csv or .xlsx file"),
            words("文件", "FILE"),
        ),
        Option(
            "--out",
            words("把工作簿、退改通知和记录写进这个文件夹", "write the workbook, notices and records to this folder"),
            words("文件夹", "FOLDER"),
        ),
        Option("--no-notices", words("不写退改通知", "write no notices")),
        CONFIG,
        PACK,
    ),
    more=words(
        f"""文件夹里有：
  审核.xlsx    报送（谁没有报、谁逾期）、问题、单位和规则、汇总表（成员之和）、核对（与本级报告逐格比）、变化、数字
  退改通知/    需要改正的单位每个一份 Word 文件
  state.json   下次审核用来比较：哪些是新出现的，哪些改了，哪些没改

审核的是多数报告所属的年度；其他年度的报告只用来与上年比较。
{EXIT_CODES["zh"]}""",
        f"""In the folder:
  review.xlsx  units (who is missing, who is late), findings, units by rules, sums of the members, reconciliation with
               the report of the government itself, changes, figures
  notices/     a Word file for each unit that must mend something
  state.json   for the next review: what is new, what was mended, what remains

The year that most reports are for is reviewed; those of other years serve for comparison only.
{EXIT_CODES["en"]}""",
    ),
    at_least=1,
)
