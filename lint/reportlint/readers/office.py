"""Files of Word before 2007, WPS, RTF and OpenDocument: LibreOffice makes docx of them, which is then read.

Nothing else keeps their tables whole. LibreOffice runs with a profile of its own, without macros and links.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from reportlint.document import Document
from reportlint.errors import Unreadable, words
from reportlint.readers import docx
from reportlint.readers.detect import OLE

TIMEOUT = 120
"""Seconds that one file may take."""

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
)
"""Where LibreOffice is found when it is not on the path."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">\
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read(name: str, data: bytes) -> Document:
    """The document, its kind that of the original file. Raises Unreadable."""
    kind = kind_within(name, data)
    program = office_program()
    if program is None:
        raise Unreadable(
            "RL002",
            words(
                f"读取 {kind} 需要安装 LibreOffice（soffice）；或者另存为 docx",
                f"to read {kind}, install LibreOffice (soffice); or save the file as docx",
            ),
        )
    return docx.read_as(name, _converted(program, kind, data), kind)


def kind_within(name: str, data: bytes) -> str:
    """Which of the kinds that LibreOffice reads a file is: doc, wps, rtf or odt."""
    if data.startswith(OLE):
        return "wps" if PurePosixPath(name).suffix.lower() == ".wps" else "doc"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return "odt" if data.startswith(b"PK") else "doc"


def office_program() -> str | None:
    """LibreOffice, if it is installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(program: str, kind: str, data: bytes) -> bytes:
    """The docx that LibreOffice makes of a file."""
    with TemporaryDirectory(prefix="reportlint-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        profile = base / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        # Word files named .wps are taken for those of Microsoft Works; the content decides for .doc.
        source = base / ("report.doc" if kind == "wps" else f"report.{kind}")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(base / "out"), str(source)),
        ]
        try:
            subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT,
                env={**os.environ, "HOME": folder} if sys.platform != "win32" else None,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                "RL005",
                words(
                    f"LibreOffice 转换超过 {TIMEOUT} 秒；请另存为 docx",
                    f"LibreOffice took over {TIMEOUT} seconds; save the file as docx",
                ),
            ) from error
        except OSError as error:
            raise Unreadable(
                "RL002", words(f"LibreOffice 无法启动：{program}", f"LibreOffice cannot be started: {program}")
            ) from error
        made = base / "out" / "report.docx"
        if not made.is_file():
            raise Unreadable(
                "RL001",
                words(
                    "LibreOffice 无法打开文件：文件已损坏或设有密码；请另存为 docx",
                    "LibreOffice cannot open the file: it is damaged or has a password; save it as docx",
                ),
            )
        return made.read_bytes()
