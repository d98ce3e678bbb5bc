"""Readers' templates, in Jinja: compiled once for each language, with what depends on the language alone written out.

Most of a page's template is sentences and addresses. They become text when the template is compiled, so that writing a
page is little more than joining strings. Staff pages keep Django's own templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError, defaultfilters
from django.template.backends.jinja2 import Jinja2, Template, get_exception_info
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateNotFound, nodes
from jinja2 import TemplateSyntaxError as JinjaSyntaxError
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# Of strings, to strings. With the public `escape`, which makes a Markup of each, the search page's template takes 9 to 11 % longer.
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

from .finding.links import addressed

#: Filters of Django's that templates use under the names that they have there.
_OF_DJANGO = ("filesizeformat", "floatformat", "stringformat", "truncatechars")


def url(name: str, *values: object) -> str:
    """The address of a page by its name, with the values that stand in it."""
    if len(values) == 1 and isinstance(values[0], str):  # numbers do not fit every address that takes one
        return addressed(name)(values[0])
    return reverse(name, args=values)


def date(value: Any, form: str) -> str:
    """A day or moment as Django's templates write it: moments in the time of the site."""
    return str(defaultfilters.date(template_localtime(value), form))


class Readers(Jinja2):
    """Django's Jinja engine for the templates whose names begin with the option `below`; others are left to the next engine.

    An environment for each language, table of addresses and place of the site.
    """

    app_dirname = "jinja2"

    def __init__(self, params: dict[str, Any]) -> None:
        options = dict(params["OPTIONS"])
        self.below: str = options.pop("below")
        super().__init__({**params, "OPTIONS": {**options, "environment": f"{__name__}.environment"}})
        self._kept: Callable[..., Environment] = lru_cache(maxsize=32)(self._made)

    def _made(self, *_where: object) -> Environment:
        return environment(loader=FileSystemLoader(self.template_dirs), auto_reload=settings.DEBUG)

    def get_template(self, template_name: str) -> Template:
        """Raises TemplateDoesNotExist, and TemplateSyntaxError with the place of the fault."""
        if not template_name.startswith(self.below):
            raise TemplateDoesNotExist(template_name, backend=self)
        held = self._kept(get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
        try:
            return Template(held.get_template(template_name), self)
        except TemplateNotFound as fault:
            raise TemplateDoesNotExist(fault.name or template_name, backend=self) from fault  # type: ignore[arg-type]
        except JinjaSyntaxError as fault:
            told = TemplateSyntaxError(fault.args)
            told.template_debug = get_exception_info(fault)  # type: ignore[attr-defined, arg-type]
            raise told from fault


def environment(**options: Any) -> Environment:
    """An environment for the language that is active when its templates are compiled. What is missing is written as nothing."""
    options |= {"autoescape": lambda name: not (name or "").endswith(".txt"), "undefined": ChainableUndefined}
    made = _Settled(extensions=["jinja2.ext.i18n"], keep_trailing_newline=True, cache_size=-1, **options)
    made.globals |= {"url": url, "static": static}
    made.install_gettext_callables(gettext, ngettext, newstyle=False, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    made.filters |= {"date": date, **{name: getattr(defaultfilters, name) for name in _OF_DJANGO}}
    return made


class _Settled(Environment):
    """What a template writes is joined at once: it is escaped into plain strings, not into ones that know that they are."""

    def _generate(self, source: nodes.Template, *told: Any, **named: Any) -> str:
        written = super()._generate(_Settling().visit(source), *told, **named)
        return written.replace("\n", "\nescape = environment.written\n", 1)

    @staticmethod
    def written(value: Any) -> str:
        """As `markupsafe.escape`."""
        kind = type(value)
        if kind is str:
            return escaped(value)
        if kind is int:
            return str(value)
        if hasattr(value, "__html__"):
            html: str = value.__html__()
            return html
        return escaped(str(value))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's; of a dictionary first what it holds under that key."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return super().getattr(obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


class _Settling(NodeTransformer):
    """Calls with constant values of what depends on the language alone become what they give."""

    CALLS: Mapping[str, Callable[..., str]] = {
        "_": gettext, "gettext": gettext, "pgettext": pgettext, "url": url, "static": static,
    }  # fmt: skip

    def visit_For(self, node: nodes.For) -> nodes.For:
        """What is None lists nothing."""
        self.generic_visit(node)
        node.iter = nodes.Or(node.iter, nodes.Const(()))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        call = self.CALLS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        values = [one.value for one in node.args if isinstance(one, nodes.Const)]
        if call is None or len(values) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            made = call(*values)
        except (NoReverseMatch, ValueError):  # told when the page is asked for
            return node
        return nodes.Const(Markup(made), lineno=node.lineno)  # noqa: S704  sentences of the catalogue, addresses of our own
