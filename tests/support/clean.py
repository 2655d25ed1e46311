"""Reports in which there is nothing to find."""

from __future__ import annotations

from random import Random
from typing import Literal

from support.draft import ORDINALS, Draft, Part, Table
from support.figures import Cells, Tables, large_tables, small_tables, zero_tables
from support.forms import form_of_year, read_form

Kind = Literal["bureau", "township", "county"]
Figures = Literal["zero", "small", "large"]

KINDS: tuple[Kind, ...] = ("bureau", "township", "county")
FIGURES: tuple[Figures, ...] = ("zero", "small", "large")
AGENCIES = {"bureau": "青渡市林业局", "township": "云汀县白石镇人民政府", "county": "云汀县人民政府"}
SITES = {"bureau": "青渡市人民政府网站", "township": "云汀县人民政府网站", "county": "云汀县人民政府网站"}
NOTICES = {
    "2019": "国办公开办函〔2019〕60号文件",
    "2021": "国办公开办函〔2021〕30号文件所附的年度报告格式以及本地关于编制和公布的安排",
}


def clean(year: int, *, kind: Kind = "bureau", figures: Figures = "zero", seed: int = 0) -> Draft:
    """A report of that year that keeps to its form, says all it must say and contradicts itself nowhere."""
    form = form_of_year(year)
    rng = Random(f"{year} {kind} {figures} {seed}")
    tables = _tables(form, figures, rng)
    contents = {
        1: _overall(year, form, tables, rng),
        5: _problems(year),
        6: (_other(year, form, seed, rng),),
    }
    if figures == "large":
        contents[3] = (f"{year}年收到和处理政府信息公开申请的数据见下表。",)
    return Draft(
        year=year,
        kind=kind,
        agency=AGENCIES[kind],
        title=(f"{AGENCIES[kind]}{year}年政府信息公开工作年度报告",),
        published=f"发布时间：{year + 1}-01-18",
        preface=_preface(year, form, kind),
        parts=tuple(
            Part(
                number=section.number,
                heading=f"{ORDINALS[section.number]}、{section.title}",
                before=contents.get(section.number, ()),
                table=Table(form, section.table, tables[section.table]) if section.table else None,
            )
            for section in read_form(form).sections
        ),
    )


def filled(year: int, tables: Tables) -> Draft:
    """A report of that year with these tables and prose that mentions none of their figures."""
    draft = clean(year)
    for key, cells in tables.items():
        draft = draft.with_table(key, cells=cells)
    return draft.with_paragraphs(1, f"{year}年，本机关按照条例规定推进政府信息公开，有关数据见各表。")


def _tables(form: str, figures: Figures, rng: Random) -> Tables:
    if figures == "zero":
        return zero_tables(form)
    return small_tables(form, rng) if figures == "small" else large_tables(form, rng)


def _preface(year: int, form: str, kind: Kind) -> tuple[str, ...]:
    scope = ("本报告汇总全县各乡镇人民政府和县政府各部门的数据。",) if kind == "county" else ()
    return (
        f"根据《中华人民共和国政府信息公开条例》和{NOTICES[form]}，编制{year}年度报告。",
        *scope,
        # The titles of the parts as the form has them: none of them may be taken for a heading here.
        f"报告分六个部分：{'，'.join(section.title for section in read_form(form).sections)}。",
        f"各项数据的统计期限为{year}年1月1日至{year}年12月31日。",
        f"报告电子版可以在{SITES[kind]}的政府信息公开专栏下载；读者对内容有疑问的，请致电本机关办公室，"
        "电话0890-2020123。",
    )


def _overall(year: int, form: str, tables: Tables, rng: Random) -> tuple[str, ...]:
    notices, policies, funds, news = (rng.randint(3, 60) for _ in range(4))
    published = (
        f"{year}年，本机关在政府网站公开信息{notices + policies + funds + news}条，其中，机构职能类{notices}条，"
        f"政策文件类{policies}条，财政资金类{funds}条，工作动态类{news}条。"
        f"全年发布政策解读{rng.randint(2, 9)}篇，回应公众关切{rng.randint(2, 9)}次。"
    )
    managed = "本机关实行信息发布前审核制度，对公开目录实行动态调整。"
    if form == "2021":
        disclosure = tables["disclosure"]
        if disclosure["licence"] != "0":
            published += (
                f"作出行政许可决定{disclosure['licence']}件、行政处罚决定{disclosure['penalty']}件，"
                "依法应当公示的已经公示。"
            )
        managed += (
            f"本年制发行政规范性文件{disclosure['docs.issued']}件，废止行政规范性文件{disclosure['docs.repealed']}件，"
            f"年末现行有效的行政规范性文件{disclosure['docs.valid']}件。"
        )
    return (
        f"{year}年，本机关按照条例规定推进政府信息公开，把群众关心的事项列为公开重点，各项任务按计划完成。",
        "（一）主动公开情况",
        published,
        "（二）依申请公开情况",
        *_requests(year, tables["requests"]),
        _disputes(tables["disputes"]),
        "（三）政府信息管理情况",
        managed,
        "（四）政府信息公开平台建设情况",
        "政府信息公开专栏完成改版，一是增设了站内检索，二是重新划分了栏目。政务新媒体账号按月更新，全年没有停更。",
        "（五）监督保障情况",
        f"本机关把政府信息公开列入年度工作考核，组织业务培训{rng.randint(2, 6)}次。"
        "年内邀请群众代表开展社会评议，评议意见已经逐条回复。本年度没有发生责任追究的情形。",
    )


def _requests(year: int, cells: Cells) -> tuple[str, ...]:
    """What the prose says of 表三, in the figures of 表三."""
    if cells["new.total"] == "0":
        return (f"{year}年，本机关未收到政府信息公开申请，也没有上年结转的申请。",)
    sums = {
        name: sum(int(text) for key, text in cells.items() if key.startswith(group) and key.endswith(".total"))
        for name, group in (
            ("予以公开", "granted."),
            ("部分公开", "partial."),
            ("不予公开", "denied."),
            ("无法提供", "unable."),
            ("不予处理", "rejected."),
            ("其他处理", "other."),
        )
    }
    results = "，".join(f"{name}{count}件" for name, count in sums.items())
    return (
        f"{year}年，本机关新收政府信息公开申请{cells['new.total']}件，上年结转{cells['carried_in.total']}件，"
        f"结转下年度继续办理{cells['carried_out.total']}件。",
        f"本年度办理结果总计{cells['processed.total']}件，其中，{results}。",
    )


def _disputes(cells: Cells) -> str:
    """What the prose says of 表四, in the figures of 表四."""
    review = int(cells["review.total"])
    suits = int(cells["direct.total"]) + int(cells["after_review.total"])
    if review + suits == 0:
        return "本年度未发生因政府信息公开引起的行政复议和行政诉讼。"
    return f"因政府信息公开工作被申请行政复议{review}件，被提起行政诉讼{suits}件。"


def _problems(year: int) -> tuple[str, ...]:
    return (
        "（一）存在的主要问题",
        "1.政策解读的形式比较单一，图表和视频材料偏少，不便于群众理解。",
        "2.少数栏目的更新不够及时，业务科室报送材料的时间不固定。",
        "（二）改进情况",
        f"1.{year + 1}年，本机关将为每一件重要政策配发图表解读，并在办事大厅摆放纸质说明。",
        f"2.{year + 1}年，本机关将与业务科室约定固定的报送日期，按月核对栏目更新记录，对迟报的科室予以提醒。",
    )


def _other(year: int, form: str, seed: int, rng: Random) -> str:
    if form == "2019":
        return (
            f"{year}年，本机关办理人大代表建议{rng.randint(2, 9)}件、政协委员提案{rng.randint(2, 9)}件，"
            "答复文本已经在政府网站公布。"
        )
    return (
        f"{year}年，本机关未收取政府信息公开信息处理费。",
        f"{year}年，本机关没有向申请人收取信息处理费。",
        f"依照《政府信息公开信息处理费管理办法》，{year}年收取信息处理费0元。",
    )[seed % 3]
