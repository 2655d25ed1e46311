"""What is to be said of lists of exceptions themselves: an entry that nobody needs, one that has expired.

It is said in the manner of a finding, so that every output shows it; these codes are no rules, and no configuration
selects them.
"""

from __future__ import annotations

from hashlib import blake2b

from reportlint.errors import Words, words
from reportlint.finding import Finding, Location
from reportlint.rule import Severity

UNUSED = "RL040"
EXPIRED = "RL041"
STALE = "RL042"
_NAMES = {UNUSED: "unused-exception", EXPIRED: "expired-exception", STALE: "stale-baseline"}
_SEVERITIES: dict[str, Severity] = {UNUSED: "info", EXPIRED: "warning", STALE: "info"}
_ADVICE = {
    UNUSED: words("删去这一条", "remove it"),
    EXPIRED: words(
        "改正报告，或者重新批准并改写 expires", "mend the report, or have it allowed again and renew `expires`"
    ),
    STALE: words("运行 reportlint baseline prune 把它们删去", "run `reportlint baseline prune` to have them removed"),
}
ADDRESS = "例外清单"


def remark(code: str, message: Words, path: str, line: int, key: str) -> Finding:
    """What is to be said of an entry; `key` is what makes it this entry and no other."""
    mark = blake2b("\0".join((code, path, key)).encode(errors="surrogatepass"), digest_size=10).hexdigest()
    return Finding(
        rule=code,
        name=_NAMES[code],
        severity=_SEVERITIES[code],
        message=message,
        location=Location(path, line, 1, line, 1, ADDRESS),
        frame=None,
        advice=_ADVICE[code],
        fingerprint=mark,
    )
