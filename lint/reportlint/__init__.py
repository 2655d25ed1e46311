"""A linter for 政府信息公开工作年度报告, the annual reports of Chinese agencies on open government information.

`check(path)` gives a `Result` with its findings and faults; `extract(path)` gives the report as data; `rule` makes a
function a rule of a pack. Everything here is public and kept stable; everything else is not.
"""

from __future__ import annotations

from reportlint.engine import Linter, check, extract, text
from reportlint.errors import ConfigError, ReportlintError, Unreadable, UsageError, words
from reportlint.finding import Fault, Finding, Location, Result
from reportlint.report import Amount, Corpus, Grid, Report, Section, Series
from reportlint.rule import Edit, Fix, Problem, Related, Rule, rule
from reportlint.version import __version__

__all__ = [
    "Amount",
    "ConfigError",
    "Corpus",
    "Edit",
    "Fault",
    "Finding",
    "Fix",
    "Grid",
    "Linter",
    "Location",
    "Problem",
    "Related",
    "Report",
    "ReportlintError",
    "Result",
    "Rule",
    "Section",
    "Series",
    "Unreadable",
    "UsageError",
    "__version__",
    "check",
    "extract",
    "rule",
    "text",
    "words",
]
