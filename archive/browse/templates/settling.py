"""What is constant in a template of one language, written out; all else quickened, node by node."""

from __future__ import annotations

from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch

from .joining import included
from .quick import Address, For, Looked, Told, Value, Written


def settled(nodes: NodeList, template: Template) -> Written:
    """The nodes with what is constant in the active language written out, here and in all that is nested; neighbouring texts become one."""
    made: list[Node] = []
    for node in nodes:
        for one in _parts(node, template):
            text = _constant(one, template)
            if text is None:
                made.append(one)
            elif made and isinstance(made[-1], TextNode):
                made[-1] = TextNode(made[-1].s + text)
            else:
                made.append(TextNode(text))
    return Written(made, template.engine.debug)


def _parts(node: Node, template: Template) -> list[Node]:
    """A node quickened; of an include that can stand in its place, the nodes of what it includes."""
    if isinstance(node, LanguageNode) or _constant(node, template) is not None:  # another language is active within
        return [node]
    for held in list(vars(node).values()):
        _look_quickly(held)
    if isinstance(node, IfNode):
        node.conditions_nodelists = [(one, settled(inner, template)) for one, inner in node.conditions_nodelists]
    else:
        for name in node.child_nodelists:
            nested = getattr(node, name, None)
            if isinstance(nested, NodeList):
                setattr(node, name, settled(nested, template))
    if isinstance(node, IncludeNode):
        return included(node, template)
    return [_quickened(node)]


def _quickened(node: Node) -> Node:
    kind = type(node)
    if kind is VariableNode:
        return Value(node)
    if kind is ForNode and For.fits(node):
        return For(node)
    if kind is BlockTranslateNode and Told.fits(node):
        return Told(node)
    if kind is URLNode and Address.fits(node):
        return Address(node)
    return node


def _look_quickly(held: Any) -> None:
    """Give every expression that a node holds a quick variable: in lists, in dictionaries, in conditions of `if`."""
    if isinstance(held, FilterExpression):
        if type(held.var) is Variable and held.var.lookups is not None:
            held.var = Looked(held.var)
        held.filters = [(call, [_argument(one) for one in arguments]) for call, arguments in held.filters]
    elif isinstance(held, NodeList | Node):
        return
    elif isinstance(held, list | tuple):
        for one in held:
            _look_quickly(one)
    elif isinstance(held, dict):
        _look_quickly(list(held.values()))
    else:
        for name in ("value", "first", "second"):  # of smartif
            inner = getattr(held, name, None) if hasattr(held, "lbp") else None
            if inner is not None:
                _look_quickly(inner)


def _argument(argument: Any) -> Any:
    looked_up, one = argument
    return (True, Looked(one)) if looked_up and type(one) is Variable and one.lookups is not None else argument


def _constant(node: Node, template: Template) -> str | None:
    """The text of a node that is the same on every page of this language; None of any other."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, LoadNode | CommentNode):
        return ""
    if isinstance(node, TranslateNode):
        plain = not node.asvar and not node.noop and _literal(node.filter_expression)
        fixed = plain and (node.message_context is None or _literal(node.message_context))
    elif isinstance(node, BlockTranslateNode):
        bare = not (node.extra_context or node.countervar or node.asvar or node.message_context)
        fixed = bare and all(token.token_type.name == "TEXT" for token in node.singular)
    elif isinstance(node, URLNode):
        name = node.view_name
        fixed = not (node.args or node.kwargs or node.asvar) and _literal(name) and ":" not in str(name.var)
    elif isinstance(node, StaticNode):
        # The files of the site change with a new process; while a template is worked on they are asked for each time.
        fixed = node.varname is None and _literal(node.path) and not template.engine.debug
    else:
        return None
    if not fixed:
        return None
    context = Context()
    context.template = template
    try:
        return str(node.render(context))
    except (NoReverseMatch, ValueError):  # told when the page is asked for
        return None


def _literal(expression: FilterExpression) -> bool:
    """Whether an expression is a text in quotation marks, unfiltered."""
    var = expression.var
    return not expression.filters and (isinstance(var, str) or (isinstance(var, Variable) and var.lookups is None))
