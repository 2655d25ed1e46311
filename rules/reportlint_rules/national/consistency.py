"""Prose against tables, and prose against itself. A claim accuses only where no legal reading fits the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.errors import words
from reportlint.report import Amount, Grid, Report
from reportlint.rule import Edit, Fix, Problem, Related, Severity, rule
from reportlint.text import Quantity, lazily, may_match, number, plain, quantities
from reportlint_rules.national.claims import Claim, Sentence, claim_of, clause_before, counted, counting, sentences

Number = int | Decimal

_ABOUT = lazily(r"信息公开申请|依申请(?:信息|政府信息)?公开|申请(?:政府信息|信息)?公开|公开申请")
_OTHER_KIND = lazily(
    r"许可申请|复议申请|行政复议|诉讼|建议|提案|热线|留言|信访件|咨询|投诉|信箱|办事|来信|补贴|专利|项目申请|认定|登记|举报"
    r"|审批|许可|行政权力|政务服务|满意度|评价|租房|住房|低保|救助|补助|资格|职称|贷款|商标|执照|群众申请|群众诉求"
)
_PART = lazily(
    r"其中|包括|包含|分别|自然人|法人|企业|科研机构|公益组织|法律服务|网上|网络|在线|线上|信函|邮寄|邮件|当面|现场|传真|平台(?:提交|收到|申请)|电子|书面|涉及|关于|属于|按|同意|予以|不予|部分公开|撤回|补正|转办|转交|协助|协查|会办|征求|网站|窗口|来函|微信|不完整|申请表|通过(?![^,]*(?:共|总|合计))"
)

_VERBS: Mapping[str, str] = {
    "新收": "new",
    "新增": "new",
    "新接收": "new",
    "新受理": "new",
    "收到": "received",
    "接收": "received",
    "接到": "received",
    "收悉": "received",
    "共收": "received",
    "收取": "received",
    "受理": "accepted",
    "收办": "handled",
    "办理": "handled",
    "处理": "handled",
    "答复": "answered",
    "办结": "answered",
    "办复": "answered",
    "回复": "answered",
}
_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))
_AFTER = lazily(
    rf"(?P<v>{_VERB})(?:了|并办理|并答复|和办理|、办理)?[^,。;:\d]{{0,24}}?申请(?!人)[^,。;:\d]{{0,12}}?{counted()}"
)
_BEFORE = lazily(rf"(?P<v>{_VERB})(?:了)?[^,。;:\d]{{0,12}}?{counted()}[^,。;:\d]{{0,12}}?申请(?!人)")


@rule("C001")
def requests_in_text(report: Report) -> Iterator[Problem]:
    """Numbers of requests that came in, were accepted, handled or answered, against every legal reading of 表三."""
    grid = report.grids["requests"]
    new, carried, done, left = (grid.value(f"{row}.total") for row in ("new", "carried_in", "processed", "carried_out"))
    if new is None or carried is None or done is None:
        return
    readings = _readings(grid, new, carried, done, left or 0)
    for sentence in counting(report):
        if not _about_requests(sentence):
            continue
        found = [(verb, claim) for verb, claim in _request_claims(sentence) if claim.exact]
        fits = [claim for verb, claim in found if claim.value in readings[verb].values()]
        if sentence.scoped and (fits or len(found) > 1 or _foreign_scope(report, sentence)):
            continue
        for verb, claim in found:
            tried = readings[verb]
            if claim.value in tried.values():
                continue
            yield Problem(
                claim.where,
                {
                    "verb": _words_of(claim),
                    "said": plain(claim.value),
                    "new": plain(new),
                    "carried": plain(carried),
                    "processed": plain(done),
                    "tried": "，".join(f"{name} {plain(value)}" for name, value in tried.items()),
                },
                related=tuple(_cells(grid, "new.total", "carried_in.total", "processed.total")),
            )


def _readings(grid: Grid, new: Number, carried: Number, done: Number, left: Number) -> dict[str, dict[str, Number]]:
    """What each verb may legally count, by the name of the reading."""
    withdrawn = _sum(grid, "other.") or 0
    received = {"新收": new, "新收+上年结转": new + carried}
    return {
        "new": {"新收": new},
        "received": received,
        "accepted": {**received, "办理总计": done},
        "handled": {**received, "办理总计": done, "办理总计+结转下年": done + left},
        "answered": {
            **received,
            "办理总计": done,
            "办理总计-其他处理": done - withdrawn,
            "新收-结转下年": new - left,
            "办理总计-上年结转": done - carried,
        },
    }


def _about_requests(sentence: Sentence) -> bool:
    """Whether a sentence speaks of requests for government information."""
    text = sentence.text
    if "申请" not in text:
        return False
    return _in_part(sentence) or _ABOUT.search(text) is not None


def _in_part(sentence: Sentence) -> bool:
    """Whether a sentence stands in the part on requests."""
    return sentence.section is not None and sentence.section.key == "requests"


def _request_claims(sentence: Sentence) -> Iterator[tuple[str, Claim]]:
    """The numbers of requests with the verb that each goes with; where other things are counted, only plain ones."""
    seen: set[int] = set()
    others = _OTHER_KIND.search(sentence.text) is not None and "信息公开申请" not in sentence.text
    in_part = _in_part(sentence)
    for pattern in (_AFTER, _BEFORE):
        for found in pattern.finditer(sentence.text):
            clause = clause_before(sentence.text, found.start("n"))
            if _PART.search(clause) or _OTHER_KIND.search(found[0]) or re.search(r"[行政民刑]事|复议", found[0]):
                continue
            end = _clause_end(sentence.text, found.end())
            if others and (
                _ABOUT.search(sentence.text, found.start(), end) is None or _OTHER_KIND.search(clause) is not None
            ):
                continue
            if not in_part and _ABOUT.search(sentence.text, 0, end) is None:
                # What the sentence counts before it comes to requests for information is something else.
                continue
            claim = claim_of(sentence, found)
            if claim is not None and claim.start not in seen:
                seen.add(claim.start)
                yield _VERBS[found["v"]], claim


def _clause_end(text: str, at: int) -> int:
    """Where the clause that a place stands in ends: at the next comma or stop."""
    return next((place for place in range(at, len(text)) if text[place] in ",;:。"), len(text))


def _foreign_scope(report: Report, sentence: Sentence) -> bool:
    """Whether a sentence tells figures of another circle than the tables: an office in a government's report."""
    own = report.agency or ""
    office = re.search(r"办公?[厅室]|政府办|本级", sentence.text)
    whole = re.search(r"全[省市县区州盟旗]|各(?:县|区|部门|单位)", sentence.text)
    if report.kind == "government" or report.kind is None:
        return bool(office) or not whole
    return bool(whole) or not own


def _words_of(claim: Claim) -> str:
    found = re.match(_VERB, claim.words)
    return found[0] if found else ""


_NONE = lazily(
    r"(?:未|没有|没|无|未曾|均未|尚未)(?:曾)?(?:收到|接到|接收|受理|收悉)(?:过|任何|到)?(?P<what>[^,。;\d]{0,16}?)申请(?!人|行政|复议)"
    r"|无(?:政府信息)?依申请公开(?:件|事项|申请|情况)?(?=[,。;])"
)


@rule("C002")
def no_requests_in_text(report: Report) -> Iterator[Problem]:
    """The prose knows of no requests, the table does."""
    grid = report.grids["requests"]
    new = grid.value("new.total")
    if not new:
        return
    for sentence in sentences(report):
        found = _NONE.search(sentence.text) if "申请" in sentence.text else None
        if found is None or sentence.about_other_year(found.start()):
            continue
        what = found["what"] or ""
        clause = clause_before(sentence.text, found.start())
        if (
            re.search(
                r"复议|诉讼|涉及|关于|要求|重复|大量|涉密|他|企业|法人|自然人|第三方|通过|当面|信函|邮", what + clause
            )
            or sentence.scoped
        ):
            continue
        yield Problem(sentence.span(*found.span()), {"new": plain(new)}, related=tuple(_cells(grid, "new.total")))


@lru_cache(maxsize=32)
def _carry_patterns(year: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Sentences on what was carried in from the year before, and out into the year after."""
    last = rf"(?:上年度?|上一年度?|去年|{year - 1}年度?)"
    coming = rf"(?:下年度?|下一年度?|次年|明年|{year + 1}年度?)"
    carry = r"(?:结转|转结|接转)"
    into = re.compile(
        rf"{last}{carry}(?!下|至)[^,。;\d]{{0,14}}?{counted()}|{carry}(?:自|的)?{last}[^,。;\d]{{0,10}}?{counted('m')}"
    )
    out = re.compile(
        rf"{carry}(?:至|到|入)?{coming}[^,。;\d]{{0,12}}?{counted()}|转(?:至|入|到)?{coming}(?:继续)?办理[^,。;\d]{{0,4}}?{counted('m')}"
    )
    return into, out


@rule("C003")
def carryover_in_text(report: Report) -> Iterator[Problem]:
    """Numbers carried in or out, against their rows."""
    grid = report.grids["requests"]
    if report.year is None:
        return
    patterns = dict(zip(("carried_in", "carried_out"), _carry_patterns(report.year), strict=True))
    names = {
        "carried_in": words("上年结转", "carried in"),
        "carried_out": words("结转下年度", "carried out"),
    }
    for sentence in counting(report):
        if "转" not in sentence.text or sentence.scoped:
            continue
        for row, pattern in patterns.items():
            value = grid.value(f"{row}.total")
            for found, said, where, _ in _stated(sentence, pattern):
                part = _PART.search(clause_before(sentence.text, found.start()))
                if value is None or said == value or part is not None:
                    continue
                yield Problem(
                    where,
                    {
                        "what": names[row],
                        "said": plain(said),
                        "row": grid.table.rows[row][1].label,
                        "value": plain(value),
                    },
                    related=(Related(grid.cells[f"{row}.total"]),),
                )


class Stated(NamedTuple):
    """An exact number that a sentence states: the match, its value, its place, and where it begins in the sentence."""

    found: re.Match[str]
    value: Decimal
    where: Span
    at: int


def _stated(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[Stated]:
    """The exact numbers that a pattern finds in its group `n`, or in `m` where it has two orders of words."""
    for found in pattern.finditer(sentence.text):
        group = "n" if found["n"] else "m"
        value = _exact(sentence, found, group)
        if value is not None:
            where = sentence.quantity(found.start(group), found.end(group))
            yield Stated(found, value, where, found.start(group))


def _exact(sentence: Sentence, found: re.Match[str], group: str) -> Decimal | None:
    """The number in a group, None where it is a round figure."""
    said = found[group]
    after = sentence.text[found.end(group) : found.end(group) + 1]
    return None if said[-1] in "万亿" or after in ("余", "多") else number(said)


_RESULTS: Sequence[tuple[str, tuple[tuple[str, ...], ...]]] = (
    ("(?<=予)以公开(?:及|和|与|、)部分公开", (("granted", "partial"),)),
    ("(?<=部)分公开", (("partial",),)),
    ("(?:(?<=予)以|(?<=同)意|(?<=全)部)公开", (("granted",), ("granted", "partial"))),
    ("(?<=不)予公开", (("denied.",),)),
    ("(?:(?<=信)息不存在|(?<=不)存在|(?<=不)掌握|(?<=非)本机关(?:政府信息)?)", (("unable.1",), ("unable.",))),
    ("(?<=无)法提供", (("unable.",), ("unable.1",))),
    ("(?<=不)予处理", (("rejected.",),)),
    ("(?<=其)他处理", (("other.",),)),
)
"""What the prose calls a result, behind its first character, and the rows that it may mean."""

# One of the first characters comes before the choice: far faster to search for.
_RESULT = lazily(
    "[予部同全不信非无其](?:"
    + "|".join(f"(?P<k{i}>{pattern})" for i, (pattern, _) in enumerate(_RESULTS))
    + rf")(?:的|答复|决定|结果|类|情形|\(含[^()]*\))*[^,。;\d]{{0,6}}?{counted()}"
)


@rule("C004")
def results_in_text(report: Report) -> Iterator[Problem]:
    """Results by category in the prose, against the rows of 表三; a sub-count never accuses."""
    grid = report.grids["requests"]
    for sentence in counting(report):
        if "公开" not in sentence.text and "处理" not in sentence.text and "提供" not in sentence.text:
            continue
        if not any(word in sentence.line.text for word in ("申请", "办理", "答复", "办结")):
            continue
        if sentence.scoped and _foreign_scope(report, sentence):
            continue
        for found, said, where, at in _stated(sentence, _RESULT):
            number = int(next(key[1:] for key, text in found.groupdict().items() if key[0] == "k" and text))
            options = [_sum(grid, *groups) for groups in _RESULTS[number][1]]
            if sentence.about_other_year(at) or None in options or said in options:
                continue
            if re.search(r"复议|诉讼|公示|信息[^,。;]{0,6}$", clause_before(sentence.text, found.start())):
                continue
            right = options[0]
            keys = [key for key in _leaves(grid, *_RESULTS[number][1][0]) if grid.row_total(key.removesuffix(".total"))]
            yield Problem(
                where,
                {
                    "category": sentence.original(found.start(), at),
                    "said": plain(said),
                    "value": plain(right or 0),
                },
                related=tuple(_cells(grid, *keys)),
            )


_REVIEW = lazily(
    rf"行政复议(?:申请|案件|案)?[^,。;\d维]{{0,10}}?{counted()}|{counted('m')}[^,。;\d]{{0,14}}?行政复议(?!机关)"
)
_SUIT = lazily(
    rf"(?:行政诉讼|诉讼)(?:案件|案|数)?[^,。;\d维]{{0,10}}?{counted()}|{counted('m')}[^,。;\d]{{0,14}}?行政诉讼"
)
_NO_CASE = lazily(
    r"(?:未|没有|没|无|均未|未曾)(?:发生|收到|出现|产生|引发|存在|被)?(?P<about>[^,。;\d]{0,24}?)(?P<a>行政复议|行政诉讼)(?:申请|案件)?(?:(?:、|和|及|与|或|以及)[^,。;\d]{0,12}?(?P<b>行政诉讼|诉讼|行政复议))?"
)


@rule("C005")
def disputes_in_text(report: Report) -> Iterator[Problem]:
    """Reviews and suits over open government information in the prose, against the totals of 表四."""
    grid = report.grids["disputes"]
    totals = {
        "review": _total(grid, "review.total"),
        "suit": _total(grid, "direct.total", "after_review.total"),
    }
    names = {"review": words("行政复议", "reviews"), "suit": words("行政诉讼", "suits")}
    cells = {"review": ("review.total",), "suit": ("direct.total", "after_review.total")}
    for sentence in sentences(report):
        if "复议" not in sentence.text and "诉讼" not in sentence.text:
            continue
        if not _about_disclosure(sentence):
            continue
        for kind, pattern in (("review", _REVIEW), ("suit", _SUIT)):
            value = totals[kind]
            for found, said, where, at in _stated(sentence, pattern):
                if value is None or sentence.about_other_year(at):
                    continue
                if said == value or _case_reading(grid, sentence, kind, found, said):
                    continue
                values = {"what": names[kind], "said": plain(said), "value": plain(value)}
                yield Problem(where, values, related=tuple(_cells(grid, *cells[kind])))
        yield from _no_cases(grid, sentence, totals, names, cells)


def _about_disclosure(sentence: Sentence) -> bool:
    """Whether reviews and suits in a sentence are those over open government information, not an agency's business."""
    if re.search(r"审理|裁决|应诉|代理|调解|立案|受理(?:行政)?复议|办理(?:行政)?复议", sentence.text):
        return False
    in_part = sentence.section is not None and sentence.section.key in ("disputes", "requests")
    return in_part or re.search(r"信息公开|政务公开|依申请公开|被申请|被提起", sentence.text) is not None


def _case_reading(grid: Grid, sentence: Sentence, kind: str, found: re.Match[str], said: Decimal) -> bool:
    """Whether a number has another legal reading: one outcome, one of the two kinds of suit, both kinds of case."""
    clause = clause_before(sentence.text, found.start()) + found[0]
    if re.search(r"维持|纠正|撤销|撤回|驳回|败诉|胜诉|审结|未结|其中", clause):
        return True
    if kind == "suit" and re.search(r"直接|未经复议", clause):
        return said == grid.value("direct.total")
    if kind == "suit" and "复议后" in clause:
        return said == grid.value("after_review.total")
    both = _total(grid, "review.total", "direct.total", "after_review.total")
    return re.search(r"复议(?:、|和|及|与|或)[^,]{0,6}诉讼", clause) is not None and said == both


def _no_cases(
    grid: Grid,
    sentence: Sentence,
    totals: Mapping[str, Number | None],
    names: Mapping[str, object],
    cells: Mapping[str, tuple[str, ...]],
) -> Iterator[Problem]:
    for found in _NO_CASE.finditer(sentence.text):
        if sentence.about_other_year(found.start()) or re.search(
            r"败诉|纠错|纠正|撤销|履行|败|错|因此|其他", found["about"]
        ):
            continue
        if re.match(r"[^,。;]{0,6}(?:败诉|纠正|纠错|错案|撤销|变更|履行|中)", sentence.text[found.end() :]):
            continue
        for word in (found["a"], found["b"]):
            kind = None if not word else "review" if "复议" in word else "suit"
            value = totals[kind] if kind else None
            if kind and value:
                values = {"what": names[kind], "value": plain(value)}
                yield Problem(sentence.span(*found.span()), values, "none", related=tuple(_cells(grid, *cells[kind])))
                return


_DOCUMENTS: Sequence[tuple[str, str, re.Pattern[str]]] = (
    (
        "issued",
        "制发",
        lazily(
            rf"(?:制发|制定|新制定|印发|出台)(?:并公开|发布)?[^,。;\d]{{0,8}}?规范性文件[^,。;\d]{{0,4}}?{counted()}|(?:制发|制定|新制定)[^,。;\d]{{0,4}}?{counted('m')}[^,。;\d]{{0,3}}规范性文件"
        ),
    ),
    (
        "repealed",
        "废止",
        lazily(
            rf"废止[^,。;\d]{{0,8}}?规范性文件[^,。;\d]{{0,4}}?{counted()}|废止[^,。;\d]{{0,4}}?{counted('m')}[^,。;\d]{{0,3}}规范性文件"
        ),
    ),
    ("valid", "现行有效", lazily(rf"现行有效的?[^,。;\d]{{0,10}}?(?:规范性文件)?[^,。;\d]{{0,6}}?{counted()}")),
)


@rule("C006")
def documents_in_text(report: Report) -> Iterator[Problem]:
    """Normative documents issued, repealed and valid, against 表二."""
    grid = report.grids["disclosure"]
    for sentence in counting(report):
        if "规范性文件" not in sentence.text or sentence.scoped:
            continue
        for column, name, pattern in _DOCUMENTS:
            value = grid.value(f"docs.{column}")
            for found, said, where, at in _stated(sentence, pattern):
                if value is None or said == value or sentence.about_other_year(at):
                    continue
                rules = grid.value(f"rules.{column}") or 0
                clause = clause_before(sentence.text, found.start()) + found[0]
                if said in (rules, rules + value) and "规章" in clause:
                    continue
                if re.search(r"公开|解读|备案|审查|审核|代拟|起草|参与|其中|失效|修改|政策文件|规章(?!、)", clause):
                    continue
                yield Problem(
                    where,
                    {
                        "what": words(f"{name}行政规范性文件", f"normative documents, {name}"),
                        "said": plain(said),
                        "value": plain(value),
                    },
                    related=tuple(_cells(grid, f"docs.{column}")),
                )


_DECISIONS: Sequence[tuple[str, str, re.Pattern[str]]] = tuple(
    (
        key,
        name,
        lazily(
            rf"(?:作出|做出|办理|实施|办结)(?:各类|了)?{name}(?:决定|案件|事项)?[^,。;、\d]{{0,4}}?{counted()}|{name}决定(?:数量|数)?[^,。;、\d]{{0,4}}?{counted('m')}"
        ),
    )
    for key, name in (("licence", "行政许可"), ("penalty", "行政处罚"), ("coercion", "行政强制"))
)


@rule("C007")
def decisions_in_text(report: Report) -> Iterator[Problem]:
    """Licences, penalties and coercive measures in the prose, against 表二; what was published is another number."""
    grid = report.grids["disclosure"]
    for sentence in counting(report):
        if "行政" not in sentence.text or sentence.scoped:
            continue
        for key, name, pattern in _DECISIONS:
            value = grid.value(key)
            for found, said, where, at in _stated(sentence, pattern):
                clause = clause_before(sentence.text, found.start()) + found[0]
                if value is None or said == value or sentence.about_other_year(at):
                    continue
                if not re.search(r"公示|公开|发布|公布|录入|归集|其中|信息", clause):
                    yield Problem(
                        where,
                        {"what": name, "said": plain(said), "value": plain(value)},
                        related=tuple(_cells(grid, key)),
                    )


_LIST = lazily(r"(?:其中|包括|涵盖|包含|分别为|分别是)[:,]?")
_OPEN = lazily(
    r"等(?!级|额|于|待|候|奖)|以及其他|及其他|其余|约|近|余条|余件|多条|多件|%|较|同比|比上年|增长|增加|下降|减少|不等|同时|重复|重叠|交叉"
)
_SEPARATOR = lazily(r"[,、;。]|和|及|以及")


@rule("C008")
def breakdown_sum(report: Report) -> Iterator[Problem]:
    """A total and the items that it is said to consist of."""
    for _, line in report.prose():
        text = line.plain
        for found in _LIST.finditer(text) if may_match(_LIST, text) else ():
            end = text.find("。", found.end())
            head = text[: found.start()]
            if head[-1:] in (",", ";", ":", "("):
                head = head[:-1]
            # A list may be a sentence of its own: …124条。其中，…
            total = _total_before(head.removesuffix("。").rpartition("。")[2], head)
            items = _items(text[found.end() : end if end >= 0 else len(text)], total) if total is not None else None
            if total is None or items is None or len(items) < 2:
                continue
            amount = sum(item.value for item in items)
            if amount == total.value:
                continue
            severity: Severity = "error" if amount > total.value else "warning" if len(items) >= 5 else "info"
            if severity == "error" and _overlaps(items, total):
                severity = "info"
            offset = found.end()
            yield Problem(
                line.span(total.start, total.end),
                {
                    "sum": plain(amount),
                    "total": plain(total.value),
                    "difference": plain(abs(amount - total.value)),
                    "terms": " + ".join(plain(item.value) for item in items),
                },
                severity=severity,
                related=tuple(Related(line.span(offset + item.start, offset + item.end)) for item in items),
            )


def _total_before(sentence: str, head: str) -> Quantity | None:
    """The quantity that a list is about: the last one of the sentence, right before the list."""
    offset = len(head.removesuffix("。")) - len(sentence)
    found = [quantity for quantity in quantities(sentence) if quantity.unit not in _NO_TOTAL]
    if not found or found[-1].approximate or len(sentence) - found[-1].end > 6:
        return None
    last = found[-1]
    return last._replace(start=last.start + offset, end=last.end + offset)


_NO_TOTAL = ("元", "万元", "亿元", "页", "人", "期")


def _items(tail: str, total: Quantity) -> list[Quantity] | None:
    """The items of a closed list; None where the list is open, nested, or of something else."""
    end = len(tail)
    if "其中" in tail or "(" in tail or ")" in tail:
        return None
    listed = tail[:end]
    if _OPEN.search(listed):
        return None
    items: list[Quantity] = []
    at = 0
    kinds = {total.unit, "条", "件", "篇", "个", "份", "次", "宗", "则", "项", "期", "例", "起", "批"}
    for quantity in quantities(listed):
        name = listed[at : quantity.start].lstrip(",、;和及")
        if quantity.approximate or quantity.unit not in kinds or _SEPARATOR.search(name.strip(",")) or not name:
            break
        if (
            len(name) > 24
            or re.search(r"\d", name)
            or re.search(r"全年|同时|另|此外|共|上年|结转|合计|总计|累计|阅读|点击|访问", name)
        ):
            break
        items.append(quantity)
        at = quantity.end
        if listed[at : at + 1] not in ("", ",", "、", ";", "和", "及"):
            break
    rest = listed[at:].strip(",;、。")
    if rest and any(True for _ in quantities(rest)):
        # What follows may still belong to the list: it is left alone rather than cut short.
        return None if not re.match(r"(?:[,;])?(?:全年|同时|另|此外|上年|结转)", rest) else items
    return items


def _overlaps(items: Sequence[Quantity], total: Quantity) -> bool:
    """Whether some of the items alone make the total, so that the others may count the same things again."""
    sums = {Decimal(0)}
    for item in items[:16]:
        sums |= {known + item.value for known in sums if known + item.value <= total.value}
    return total.value in sums


_SHARE = lazily(r"(?P<n>\d[\d,]*)(?:件|条|篇|份|宗)[,(]?(?:约)?占(?P<of>[^,。;\d]{0,8})(?P<p>\d+(?:\.\d+)?)%")


@rule("C009")
def percentage(report: Report) -> Iterator[Problem]:
    """Shares that are said of a number and the total before it."""
    for sentence in sentences(report):
        found = list(_SHARE.finditer(sentence.text)) if "%" in sentence.text else []
        if not found:
            continue
        totals = [q for q in quantities(sentence.text[: found[0].start()]) if q.unit in "件条篇份宗"]
        if not totals or totals[-1].approximate:
            continue
        whole = totals[-1].value
        for share in found:
            part = Decimal(share["n"].replace(",", ""))
            said = Decimal(share["p"])
            digits = len(share["p"].partition(".")[2])
            tolerance = max(Decimal("0.06"), Decimal(1).scaleb(-digits))
            if whole <= 0 or part > whole or abs(part * 100 / whole - said) <= tolerance:
                continue
            right = round(part * 100 / whole, max(digits, 1))
            yield Problem(
                sentence.span(share.start("p"), share.end("p")),
                {"part": plain(part), "whole": plain(whole), "right": plain(right), "said": share["p"]},
            )


_ALL_DONE = lazily(
    r"(?:全部|均已|均|所有申请(?:均|都)?已?)(?:已|按时|依法|按期)?(?:办结|办理完毕|办理完成|办理完结)|办结率(?:为|达到?)?100%"
)


@rule("C010")
def all_done(report: Report) -> Iterator[Problem]:
    """All requests are said to be settled, yet some are carried over."""
    grid = report.grids["requests"]
    left = grid.value("carried_out.total")
    if not left:
        return
    for sentence in sentences(report):
        found = _ALL_DONE.search(sentence.text) if "申请" in sentence.text else None
        if found is None or sentence.about_other_year(found.start()):
            continue
        clause = clause_before(sentence.text, found.start())
        if re.search(r"除|外|到期|应办|建议|提案|留言|热线|结转.{0,12}$", clause) or re.search(
            r"除.{0,20}外|结转|转下", sentence.text
        ):
            continue
        if _OTHER_KIND.search(sentence.text):
            continue
        where = sentence.span(*found.span())
        values = {"text": sentence.original(*found.span()), "value": plain(left)}
        due = "按期" in found[0]
        yield Problem(where, values, severity="info" if due else None, related=tuple(_cells(grid, "carried_out.total")))
        return


_OWN_YEAR = lazily(
    r"年(?:度)?[,]?(?:以来)?(?:,)?(?:我|本)(?:局|委|厅|办|镇|乡|县|区|市|中心|街道|机关|单位|部门|院|处|站)|年度(?!部门|预算|决算|财政|结转|政府|报告|年报|存在|的?问题|考核|目标|计划|工作要点|要点|公务员|面向)|年12月31日"
)
_ALLOWED = lazily(
    r"上年|去年|结转|整改|预算|决算|较|相比|比|同比|存在的|存在问题|以来|年报|年度报告|印发|发布的|修订|施行|实施|成立|第[一二三四五]批|规划|起|截至(?!20\d\d年12月31日)|回顾|历年"
)


@rule("C011")
def wrong_year(report: Report) -> Iterator[Problem]:
    """Years under which the agency tells of itself, other than the report's own and the coming one."""
    year = report.year
    if year is None:
        return
    for section, line in report.prose():
        if not line.years or all(said in (year, year + 1) for said, _, _ in line.years):
            continue
        for sentence in re.finditer(r"[^。;]+", line.plain):
            if section is None and "统计" in sentence[0]:
                continue
            for said, start, end in line.years_between(*sentence.span()):
                if said in (year, year + 1) or _ALLOWED.search(sentence[0]) or not 2000 <= said <= year + 5:
                    continue
                rest = sentence[0][end:]
                if said == year - 1 and str(year) in sentence[0]:
                    continue
                found = _OWN_YEAR.match(rest)
                if found is None or re.search(r"[-—至到]\s*$|十.届|自$", sentence[0][:start]):
                    continue
                if section is not None and section.key == "problems" and said > year:
                    continue
                where = (sentence.start() + start, sentence.start() + end + found.end())
                shown = (where[0], sentence.start() + end + (2 if rest.startswith("年度") else 1))
                yield Problem(line.span(*shown), {"text": line.original(*shown), "year": year})


_PERIOD = lazily(
    r"(?P<a>(?:19|20)\d{2})年(?P<am>\d{1,2})月(?P<ad>\d{1,2})日?(?:起)?(?:至|到|—+|-+|~)(?:(?P<b>(?:19|20)\d{2})年)?(?P<bm>\d{1,2})月(?P<bd>\d{1,2})日"
)


@rule("C013")
def statistics_period(report: Report) -> Iterator[Problem]:
    """A period of statistics other than the whole year of the report."""
    overall = report.section("overall")
    lines = [*report.preface, *(overall.paragraphs if overall is not None else ())]
    for line in lines:
        if not may_match(_PERIOD, line.text) or not _PERIOD.search(line.text):
            continue
        for sentence in re.finditer(r"[^。;]+", line.text):
            if not re.search(r"统计(?:期|时|数据|周期|范围|区间)|数据.{0,8}(?:统计|期限|时段)|报告期", sentence[0]):
                continue
            for found in _PERIOD.finditer(sentence[0]):
                right = found["a"] == str(report.year) and found["b"] in (None, str(report.year))
                whole = (found["am"], found["ad"], found["bm"], found["bd"])
                if right and tuple(map(int, whole)) == (1, 1, 12, 31):
                    continue
                span = (sentence.start() + found.start(), sentence.start() + found.end())
                where = line.span(*span)
                fix = Fix((Edit(where, f"{report.year}年1月1日至{report.year}年12月31日"),), safe=False)
                yield Problem(where, {"year": report.year, "text": line.original(*span)}, fix=fix)


@rule("C014")
def direct_suits(report: Report) -> Iterator[Problem]:
    """More direct suits than results that may be brought to court without a review."""
    requests, disputes = report.grids["requests"], report.grids["disputes"]
    direct = disputes.value("direct.total")
    allowed = _sum(requests, "unable.", "rejected.", "other.")
    if direct and allowed is not None and direct > allowed:
        values = {"direct": plain(direct), "open": plain(allowed)}
        yield Problem(disputes.cells["direct.total"], values)


def _leaves(grid: Grid, *groups: str) -> list[str]:
    """The total cells of the rows of some groups (`denied.`) or of single rows (`granted`)."""
    return list(_rows(tuple(grid.table.rows), groups))


@lru_cache(maxsize=256)
def _rows(rows: tuple[str, ...], groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"{key}.total"
        for key in rows
        if any(key == group or (group.endswith(".") and f"{key}.".startswith(group)) for group in groups)
    )


def _sum(grid: Grid, *groups: str) -> Number | None:
    """The sum over the total cells of some rows."""
    totals = [grid.row_total(key.removesuffix(".total")) for key in _leaves(grid, *groups)]
    return None if not totals or any(total is None for total in totals) else sum(t for t in totals if t is not None)


def _total(grid: Grid, *keys: str) -> Number | None:
    """The sum of some cells; None where one of them is unknown."""
    values = grid.counts(*keys)
    return sum(values) if values else None


def _cells(grid: Grid, *keys: str) -> Iterator[Related]:
    for key in keys:
        cell: Amount | None = grid.cells.get(key)
        if cell is not None:
            name = grid.table.words_of(key)
            yield Related(cell, words(f"{name}：{cell.text}", f"{name}: {cell.text}"))
