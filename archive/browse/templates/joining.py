"""The blocks of a page put into its frame, and what it includes into its place, once for a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any, cast

from django.template import Context, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode, URLNode, WithNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString

from .quick import Scope, Written

#: Nodes that keep nothing from one rendering to the next, so that they may stand in another template.
_STATELESS = (
    TextNode, VariableNode, IfNode, ForNode, TranslateNode, BlockTranslateNode, URLNode, StaticNode, IncludeNode,
    WithNode, CsrfTokenNode, LoadNode, CommentNode, Scope,
)  # fmt: skip
#: Names of the templates that are being read: one that includes itself is left to Django.
_reading: ContextVar[tuple[str, ...]] = ContextVar("reading", default=())


class Joined(ExtendsNode):
    """`{% extends %}` of which the whole page is written; as Django has it where another template extends this one."""

    def __init__(self, node: ExtendsNode, written: Written) -> None:
        vars(self).update(vars(node))
        self.written = written

    def render(self, context: Context) -> SafeString:
        if BLOCK_CONTEXT_KEY in context.render_context:
            return cast(SafeString, super().render(context))
        return self.written.render(context)


def join(template: Template) -> None:
    """Write a template that extends a constant other one as one list of nodes; others stay as they are."""
    for place, node in enumerate(template.nodelist):
        if isinstance(node, ExtendsNode):
            frame = _frame(template, node)
            if frame is not None:
                nodes = list(template.nodelist)
                nodes[place] = Joined(node, frame)
                template.nodelist = Written(nodes, template.engine.debug)
            return


def _frame(template: Template, node: ExtendsNode) -> Written | None:
    """The frame of a page with its blocks; None where a block asks for the one that it stands for, or the frame is not known yet."""
    blocks: list[dict[str, BlockNode]] = []
    history = []
    while True:
        name: Any = node.parent_name
        if "block." in template.source or name.filters or not isinstance(name.var, str):
            return None
        blocks.append(node.blocks)
        history.append(template.origin)
        try:
            template, _origin = template.engine.find_template(name.var, skip=history)
        except TemplateDoesNotExist:  # told when the page is asked for
            return None
        above = next((one for one in template.nodelist if isinstance(one, ExtendsNode)), None)
        if above is None:
            break
        node = above
    if "block." in template.source or any(_blocks_within(one) for one in template.nodelist if not isinstance(one, BlockNode)):  # fmt: skip
        return None
    chosen: dict[str, BlockNode] = {}
    for one in reversed(blocks):
        chosen |= one
    return Written(_merged(_filled(template.nodelist, chosen)), template.engine.debug)


def _blocks_within(node: Node) -> bool:
    return bool(node.get_nodes_by_type(BlockNode))


def _filled(nodes: Iterable[Node], blocks: dict[str, BlockNode]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, BlockNode):
            inner = list(_filled(blocks.get(node.name, node).nodelist, blocks))
            yield from inner if _sets_nothing(inner) else [Scope({}, Written(inner))]
        else:
            yield node


def _merged(nodes: Iterable[Node]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, TextNode) and made and isinstance(made[-1], TextNode):
            made[-1] = TextNode(made[-1].s + node.s)
        else:
            made.append(node)
    return made


def included(node: IncludeNode, template: Template) -> list[Node]:
    """What stands in the place of an include of a constant template; the include itself where that keeps anything."""
    name = node.template.var if isinstance(node.template, FilterExpression) and not node.template.filters else None
    reading = (*_reading.get(), template.name or "")
    if not isinstance(name, str) or name.startswith((".", "/")) or name in reading or node.isolated_context:
        return [node]
    token = _reading.set(reading)
    try:
        held = template.engine.get_template(name).nodelist
    except TemplateDoesNotExist:  # told when the page is asked for
        return [node]
    finally:
        _reading.reset(token)
    if not all(isinstance(one, _STATELESS) for one in _all(held)):
        return [node]
    if not node.extra_context and _sets_nothing(held):
        return list(held)
    return [Scope(node.extra_context, Written(held, template.engine.debug))]


def _sets_nothing(nodes: Iterable[Node]) -> bool:
    """Whether no node gives a name to what it makes, which would be seen outside."""
    return all(isinstance(one, _STATELESS) and not getattr(one, "asvar", getattr(one, "varname", None)) for one in _all(nodes))  # fmt: skip


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, IfNode):
            lists: list[Any] = [inner for _condition, inner in node.conditions_nodelists]
        else:
            lists = [getattr(node, name, None) for name in node.child_nodelists]
        for inner in lists:
            if isinstance(inner, NodeList):
                yield from _all(inner)
