"""Nodes that write the same as Django's without the detours that pages of ours never need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, cast

from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Variable, VariableNode
from django.template.base import render_value_in_context as rendered
from django.template.defaulttags import ForNode, IfNode, URLNode
from django.templatetags.i18n import BlockTranslateNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ..finding.links import addressed

#: What stands in an address as it is, and fits every address that takes a text.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


class Written(NodeList):
    """A list of nodes whose ways to render are looked up once. Nothing is added to it later."""

    def __init__(self, nodes: Iterable[Node], debug: bool = False) -> None:
        super().__init__(nodes)
        self.contains_nontext = True
        #: Where templates are worked on, faults are told with their place.
        self.steps: tuple[Any, ...] = tuple(node.render_annotated if debug else node.render for node in self)

    def render(self, context: Context) -> SafeString:
        return SafeString("".join([step(context) for step in self.steps]))


class Scope(Node):
    """Nodes of a template that was included, or of a block: what they name is not seen outside."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: Written) -> None:
        self.values, self.nodelist = values, nodelist

    def render(self, context: Context) -> SafeString:
        with context.push(**{name: value.resolve(context) for name, value in self.values.items()}):
            return self.nodelist.render(context)


class Looked(Variable):
    """A variable that takes the usual way first: a name of the context, then keys, attributes and places.

    Whatever is not found so, or is to be called, is looked up anew as Django does.
    """

    __slots__ = ("first", "rest")

    def __init__(self, variable: Variable) -> None:
        super().__init__(str(variable.var))
        names = self.lookups or ("",)
        self.first = names[0]
        self.rest = tuple((name, int(name) if name.isascii() and name.isdecimal() else None) for name in names[1:])

    def resolve(self, context: Any) -> Any:
        first = self.first
        for held in reversed(context.dicts):
            if first in held:
                value = held[first]
                break
        else:
            return super().resolve(context)
        for name, place in self.rest:
            if callable(value):
                return super().resolve(context)
            kind = type(value)
            try:
                if kind is tuple or kind is list:
                    value = value[place]
                elif hasattr(kind, "__getitem__"):
                    value = value[name]
                else:
                    value = getattr(value, name)
            except Exception:  # noqa: BLE001  the usual way did not lead there: Django's tells why
                return super().resolve(context)
        return super().resolve(context) if callable(value) else value


class Value(VariableNode):
    """`{{ … }}`: plain texts and whole numbers are written at once, everything else as Django does."""

    def __init__(self, node: Any) -> None:
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


class For(ForNode):
    """`{% for %}` whose items never ask for `forloop`, and name nothing that the next one would see."""

    def __init__(self, node: Any) -> None:
        vars(self).update(vars(node))
        self.steps: tuple[Callable[[Context], str], ...] = getattr(node.nodelist_loop, "steps", ())
        self.asked: Any = node.sequence
        self.empty = node.nodelist_empty

    @staticmethod
    def fits(node: Any) -> bool:
        return not node.is_reversed and all(_knows(one) and not _mentions(one, "forloop") for one in _under(node))

    def render(self, context: Context) -> SafeString:
        values = self.asked.resolve(context, ignore_failures=True)
        values = () if values is None else values if hasattr(values, "__len__") else list(values)
        if not len(values):
            return cast(NodeList, self.empty).render(context)
        pieces: list[str] = []
        names, single, steps = self.loopvars, len(self.loopvars) == 1, self.steps
        with context.push() as scope:
            for item in values:
                if single:
                    scope[names[0]] = item
                elif len(item) != len(names):
                    raise ValueError(f"Need {len(names)} values to unpack in for loop; got {len(item)}. ")
                else:
                    scope.update(zip(names, item, strict=True))
                pieces += [step(context) for step in steps]
        return SafeString("".join(pieces))


class Told(BlockTranslateNode):
    """`{% blocktranslate %}` with values: its sentences are put together once."""

    def __init__(self, node: Any) -> None:
        vars(self).update(vars(node))
        self.one, names = self.render_token_list(self.singular)
        self.many, more = self.render_token_list(self.plural) if self.plural else ("", [])
        self.names = (*names, *more)
        self.sentence = gettext(self.one)

    @staticmethod
    def fits(node: Any) -> bool:
        return not node.message_context and not node.asvar and (bool(node.plural) == bool(node.countervar) == bool(node.counter))  # fmt: skip

    def render(self, context: Context, nested: bool = False) -> str:
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        sentence = self.sentence
        if self.counter is not None and self.countervar is not None:
            with context.push(**values):
                count = self.counter.resolve(context)
            if type(count) is not int:
                return super().render(context, nested)
            values[self.countervar] = count
            sentence = ngettext(self.one, self.many, count)
        told = {}
        for name in self.names:
            if name not in values and name not in context:
                return super().render(context, nested)
            value = values[name] if name in values else context[name]
            told[name] = str(value) if type(value) is int and not settings.USE_THOUSAND_SEPARATOR else rendered(value, context)  # fmt: skip
        try:
            return sentence % told
        except (KeyError, ValueError):
            return super().render(context, nested)


class Address(URLNode):
    """`{% url %}` of a constant name with one value: the address is made once, and each plain value put into it."""

    def __init__(self, node: Any) -> None:
        vars(self).update(vars(node))
        self.name = str(node.view_name.var)

    @staticmethod
    def fits(node: Any) -> bool:
        name = node.view_name
        literal = isinstance(name.var, str) and not name.filters and ":" not in name.var
        return literal and len(node.args) == 1 and not node.kwargs and not node.asvar

    def render(self, context: Context) -> str:
        value = self.args[0].resolve(context)
        if not isinstance(value, str) or not _PLAIN.fullmatch(value):
            return super().render(context)
        try:
            address = addressed(self.name)(value)
        except NoReverseMatch:  # it takes no text: a number
            return super().render(context)
        return conditional_escape(address) if context.autoescape else address


def _under(node: Any) -> Iterable[Any]:
    """A node's own lists, all nodes within them, and their conditions."""
    lists = [inner for _test, inner in node.conditions_nodelists] if isinstance(node, IfNode) else [
        getattr(node, name) for name in node.child_nodelists if isinstance(getattr(node, name, None), NodeList)
    ]  # fmt: skip
    for held in lists:
        for one in held:
            yield one
            yield from _under(one)


def _knows(node: Any) -> bool:
    """Whether a node of this module's knowledge: it names nothing, and keeps nothing between two items."""
    return not getattr(node, "asvar", getattr(node, "varname", None)) and type(node).__name__ in _KNOWN


_KNOWN = {
    "TextNode", "Value", "IfNode", "For", "ForNode", "Told", "Address", "Scope", "URLNode", "BlockTranslateNode", "TranslateNode",
}  # fmt: skip


def _mentions(held: Any, name: str) -> bool:
    """Whether an expression that a node holds begins with a name."""
    if isinstance(held, FilterExpression):
        arguments = [one for _call, several in held.filters for looked_up, one in several if looked_up]
        return any(isinstance(one, Variable) and (one.lookups or ("",))[0] == name for one in (held.var, *arguments))
    if isinstance(held, NodeList):
        return False
    if isinstance(held, list | tuple):
        return any(_mentions(one, name) for one in held)
    if isinstance(held, dict):
        return any(_mentions(one, name) for one in held.values())
    if isinstance(held, Node):
        return any(_mentions(one, name) for one in vars(held).values())
    if hasattr(held, "lbp"):
        return any(_mentions(getattr(held, one, None), name) for one in ("value", "first", "second"))
    return False
