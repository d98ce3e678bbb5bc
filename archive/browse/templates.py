"""Templates kept by language: what is the same each time is written once.

Most of a page's template is sentences and addresses that depend on the language alone. The loader keeps a template for
each language and turns `{% translate %}` of a constant, `{% blocktranslate %}` without variables and `{% url %}` of a bare
name into text when the template is read; values that are plain text or numbers are written without the detours that
lazy and localised ones need. What a page says does not change by it.
"""

from __future__ import annotations

from html import escape
from typing import Any, cast

from django.conf import settings
from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.base import render_value_in_context as rendered
from django.template.defaulttags import IfNode, URLNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class _Settling(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        settle(template.nodelist, template)  # before any thread can see it
        return template


class PerLanguage(cached.Loader, _Settling):
    """Django's cached loader with a template for each language, table of addresses and place of the site."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        where = get_urlconf() or settings.ROOT_URLCONF
        return f"{get_language()}|{get_script_prefix()}|{where}|{super().cache_key(template_name, skip)}"


def settle(nodes: NodeList, template: Template) -> None:
    """Write out what is constant in the active language, here and in all that is nested; neighbouring texts become one."""
    settled: list[Node] = []
    for node in nodes:
        text = _constant(node, template)
        if text is not None and settled and isinstance(settled[-1], TextNode):
            settled[-1] = TextNode(settled[-1].s + text)
        elif text is not None:
            settled.append(TextNode(text))
        else:
            settled.append(_quickened(node, template))
    nodes[:] = settled


def _constant(node: Node, template: Template) -> str | None:
    """The text of a node that is the same on every page of this language; None of any other."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, TranslateNode):
        plain = not node.asvar and not node.noop and _literal(node.filter_expression)
        fixed = plain and (node.message_context is None or _literal(node.message_context))
    elif isinstance(node, BlockTranslateNode):
        bare = not (node.extra_context or node.countervar or node.asvar or node.message_context)
        fixed = bare and all(token.token_type.name == "TEXT" for token in node.singular)
    elif isinstance(node, URLNode):
        name = node.view_name
        fixed = not (node.args or node.kwargs or node.asvar) and _literal(name) and ":" not in str(name.var)
    else:
        return None
    if not fixed:
        return None
    context = Context()
    context.template = template
    try:
        return str(node.render(context))
    except NoReverseMatch:  # told when the page is asked for
        return None


def _literal(expression: FilterExpression) -> bool:
    """Whether an expression is a text in quotation marks, unfiltered."""
    var = expression.var
    return not expression.filters and (isinstance(var, str) or (isinstance(var, Variable) and var.lookups is None))


def _quickened(node: Node, template: Template) -> Node:
    if isinstance(node, LanguageNode):  # another language is active within
        return node
    if isinstance(node, IfNode):
        for _condition, inner in node.conditions_nodelists:
            settle(inner, template)
    else:
        for name in node.child_nodelists:
            nested = getattr(node, name, None)
            if isinstance(nested, NodeList):
                settle(nested, template)
    if type(node) is VariableNode:
        return _Value(node)
    return node


class _Value(VariableNode):
    """`{{ … }}`: plain texts and whole numbers are written at once, everything else as Django does."""

    def __init__(self, node: VariableNode) -> None:
        super().__init__(node.filter_expression)
        self.token, self.origin = node.token, node.origin
        # With it numbers are written as the language has them.
        self.plain_numbers = not settings.USE_THOUSAND_SEPARATOR

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return cast(str, value)
        if kind is str:
            return escape(value) if context.autoescape else cast(str, value)
        if kind is int and self.plain_numbers:
            return str(value)
        written: str = rendered(value, context)
        return written
