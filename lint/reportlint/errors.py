"""What ends a run or a reading. None of these is a finding: the exit code is 2."""

from __future__ import annotations


class Words(dict[str, str]):
    """The same words in each language: `{"zh": …, "en": …}`; called with a language, Chinese where it has no other."""

    def __call__(self, language: str) -> str:
        return self.get(language) or self["zh"]


def words(zh: str, en: str) -> Words:
    """The same words in Chinese and English."""
    return Words(zh=zh, en=en)


def trace() -> str:
    """The traceback of the error that is being handled; its module is imported only where there is one."""
    from traceback import format_exc

    return format_exc()


class ReportlintError(Exception):
    """The root of all errors that reportlint raises on purpose; its words can be shown to a user as they are."""

    def __init__(self, says: Words) -> None:
        super().__init__(says["zh"])
        self.words = says


class UsageError(ReportlintError):
    """What was asked cannot be done: an unknown rule or option, a missing path, nothing to check."""


class ConfigError(ReportlintError):
    """A configuration, pack or form that is not as its schema demands; the words name file, line and remedy."""


class Unreadable(ReportlintError):  # noqa: N818 - the field's own word, in every message
    """A file that cannot become a document. `code` is one of the RL codes of `FAULTS`."""

    def __init__(self, code: str, says: Words) -> None:
        super().__init__(says)
        self.code = code


FAULTS: dict[str, Words] = {
    "RL001": words("无法读取", "cannot be read"),
    "RL002": words("不支持的文件类型", "kind of file not supported"),
    "RL003": words("文件已加密", "encrypted"),
    "RL004": words("没有文字层", "no text layer"),
    "RL005": words("文件过大或结构异常", "too large or of an abnormal structure"),
    "RL006": words("文件里没有年报正文", "holds no report"),
    "RL007": words("报告年度无法确定", "year of the report unsure"),
    "RL008": words("表格无法辨认", "table cannot be told apart"),
    "RL010": words("规则运行出错", "rule crashed"),
    "RL011": words("规则运行超时", "rule timed out"),
    "RL020": words("规则包加载失败", "pack failed to load"),
    "RL021": words("插件加载失败", "plugin failed to load"),
    "RL030": words("配置或参数有误", "configuration or option wrong"),
}
"""The kinds of fault by code."""
