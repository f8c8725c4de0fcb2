"""The making of XLSX workbooks: what XlsxWriter is told once for all of them."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

# A workbook says when it was made; the same input shall give the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def build_workbook(fill: Callable[[Any], None]) -> bytes:
    """Make a workbook in memory; text that looks like a formula or an address stays text."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  # slow to load, and only needed here

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with cast(Any, xlsxwriter).Workbook(content, options) as workbook:
        workbook.set_properties({"created": _MADE})
        fill(workbook)
    return content.getvalue()
