"""How templates are filled: what is escaped, and how fast."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from riwaya.tell.html.words import LANGUAGES, Pair

_MARKED = re.compile(r"""[&<>"']""")


def _escaped(value: Any) -> str:
    """A value as `markupsafe.escape` writes it; what has nothing to escape stays as it is: a page is made of 10,000 pieces."""
    if type(value) is str and not _MARKED.search(value):
        return value
    if type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    """Templates whose values are escaped by `_escaped`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class PageEnvironment(Environment):
    """Fills templates: everything that is not markup already is escaped.

    Args:
        folders: where the templates lie; one in an earlier folder replaces its namesakes.
    """

    code_generator_class = _Generator
    escaped = staticmethod(_escaped)

    def __init__(self, *folders: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,  # the templates do not change under a run
        )

    def compile_now(self) -> None:
        """Compile every template that lies in the folders themselves, instead of each when it is first filled."""
        for name in self.list_templates(filter_func=lambda name: name.endswith(".j2") and "/" not in name):
            self.get_template(name)


class OneLanguage(PageEnvironment):
    """Fills templates in one language: of text in both, that language's is written."""

    def __init__(self, lang: str, *folders: Path) -> None:
        super().__init__(*folders)
        self._index = LANGUAGES.index(lang)

    def escaped(self, value: Any) -> str:
        """A value as the page writes it."""
        return _escaped(value[self._index] if type(value) is Pair else value)
