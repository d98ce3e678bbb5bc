"""Who may do what at every address: the table that the tests hold the site against.

A level is the first of the roles that may; each role may what those before it may. `NOBODY`: none of the roles
(an account that is a superuser may, where anybody may at all).
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = ("anonymous", "reader", "contributor", "editor", "admin")
EVERYBODY, READER, CONTRIBUTOR, EDITOR, ADMIN, NOBODY = range(6)
#: Status of an answer to whom it is allowed: a page, a page elsewhere, a method that the address does not have.
PAGE, ELSEWHERE, NO_METHOD = 200, 302, 405


@dataclass(frozen=True)
class Row:
    """What stands behind one name: words for its route, then level and status of GET and of POST."""

    get: tuple[int, int]
    post: tuple[int, int]
    words: dict[str, str] = field(default_factory=dict)
    query: str = ""
    signed_in: int = 0  # status of GET for who is signed in, where it is another


def public(post: int = NO_METHOD, get: int = PAGE, query: str = "", **words: str) -> Row:
    """For everybody alike."""
    return Row((EVERYBODY, get), (EVERYBODY, post), words, query)


def staff(get: int, post: int, get_status: int = PAGE, post_status: int = PAGE, query: str = "", **words: str) -> Row:
    return Row((get, get_status), (post, post_status), words, query)


def only_post(level: int, **words: str) -> Row:
    """A step: the method is refused before anybody is asked who he is, but not to those who are not signed in."""
    return Row((READER, NO_METHOD), (level, ELSEWHERE), words)


#: Model of the admin → first role that may view, add, change, delete.
MODELS: dict[str, tuple[int, int, int, int]] = {
    "auth_group": (NOBODY, NOBODY, NOBODY, NOBODY),
    "auth_user": (ADMIN, NOBODY, NOBODY, NOBODY),
    "django_tasks_database_dbtaskresult": (NOBODY, NOBODY, NOBODY, NOBODY),
    "places_region": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_article": (READER, NOBODY, EDITOR, ADMIN),
    "catalog_capture": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_textlayer": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_repair": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_reprintcluster": (READER, NOBODY, NOBODY, NOBODY),  # decided by actions of the list
    "catalog_printing": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_evidence": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_revision": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_takedown": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_mask": (EDITOR, NOBODY, NOBODY, NOBODY),
    "catalog_outlet": (READER, EDITOR, EDITOR, ADMIN),
    "catalog_proposal": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_doubt": (READER, NOBODY, NOBODY, NOBODY),
    "catalog_milestone": (READER, EDITOR, EDITOR, NOBODY),  # the first is a shipped one: it is switched off
    "catalog_wording": (READER, EDITOR, EDITOR, NOBODY),
    "browse_digest": (READER, READER, READER, READER),
    "catalog_version": (READER, NOBODY, EDITOR, NOBODY),
    "ingest_importbatch": (READER, NOBODY, NOBODY, NOBODY),
    "ingest_importrow": (READER, NOBODY, NOBODY, NOBODY),
    "ingest_importfile": (READER, NOBODY, NOBODY, NOBODY),
    "search_synonymgroup": (READER, EDITOR, EDITOR, EDITOR),
    "search_slogan": (READER, EDITOR, EDITOR, EDITOR),
}

#: Every other address.
TABLE: dict[str, Row] = {
    # staff
    "admin:index": staff(READER, READER),
    "admin:login": Row((EVERYBODY, PAGE), (EVERYBODY, PAGE), signed_in=ELSEWHERE),
    "admin:logout": staff(READER, READER, NO_METHOD, PAGE),
    "admin:password_change": staff(READER, READER),
    "admin:password_change_done": staff(READER, READER, PAGE, NO_METHOD),
    "admin:autocomplete": staff(NOBODY, READER, PAGE, NO_METHOD, query="app_label=auth&model_name=user&field_name=groups&term=a"),
    "admin:jsi18n": staff(READER, READER, PAGE, NO_METHOD),
    "admin:view_on_site": staff(READER, READER, ELSEWHERE, ELSEWHERE, content_type_id="{article_type}", object_id="{article}"),
    "admin:app_list": staff(READER, READER, app_label="catalog"),
    "admin:auth_user_password_change": staff(NOBODY, NOBODY, id="{auth_user}"),
    "admin:catalog_doubt_decide_selected": only_post(EDITOR),
    "admin:catalog_doubt_decide": only_post(EDITOR, key="{catalog_doubt}"),
    # In place of a form: the way to the page of the batch.
    "admin:ingest_importbatch_change": staff(READER, READER, ELSEWHERE, ELSEWHERE, object_id="{ingest_importbatch}"),
    "admin:ingest_upload": staff(CONTRIBUTOR, CONTRIBUTOR),
    "admin:ingest_batch": staff(READER, READER, PAGE, NO_METHOD, token="{batch}"),
    "admin:ingest_progress": staff(READER, READER, PAGE, NO_METHOD, token="{batch}"),
    "admin:ingest_report": staff(READER, READER, PAGE, NO_METHOD, token="{batch}"),
    "admin:ingest_go_on": only_post(CONTRIBUTOR, token="{outstanding}"),
    "admin:ingest_columns": only_post(EDITOR, token="{batch}", position="{position}"),
    "admin:ingest_confirm": only_post(EDITOR, token="{batch}"),
    "admin:ingest_cancel": only_post(EDITOR, token="{batch}"),
    "admin:ingest_undo": staff(EDITOR, EDITOR, PAGE, ELSEWHERE, token="{batch}"),
    # Somebody else's mail is as good as none.
    "admin:browse_digest_change": staff(READER, READER, ELSEWHERE, ELSEWHERE, object_id="{browse_digest}"),
    "admin:browse_digest_history": staff(READER, READER, ELSEWHERE, ELSEWHERE, object_id="{browse_digest}"),
    "admin:browse_digest_delete": staff(READER, READER, ELSEWHERE, ELSEWHERE, object_id="{browse_digest}"),
    "operations": staff(ADMIN, READER, PAGE, NO_METHOD),
    "start_upkeep": only_post(ADMIN, kind="check_index"),
    "staff/(?P<url>.*)$": staff(READER, READER, 404, 404, url="no/such/page/"),
    # files, and pages for programs
    "record": public(public_id="{public_id}"),
    "cite": public(public_id="{public_id}", extension="bib"),
    "export": public(query="q=示例", extension="csv"),
    "atom": public(query="q=示例"),
    "json_feed": public(query="q=示例"),
    "receipt_json": public(query="q=示例"),
    "receipt_text": public(query="q=示例"),
    "codebook": public(),
    "concordance_table": public(query="q=示例"),
    "matrix_csv": public(),
    "spread_csv": public(),
    "quantities_csv": public(),
    "trends_csv": public(query="q=示例"),
    "coverage_csv": public(),
    "openapi": public(),
    "api-searchArticles": public(query="q=示例"),
    "api-citations": public(query="q=示例"),
    "api-article": public(public_id="{public_id}"),
    "api-citation": public(public_id="{public_id}"),
    "api-concordance": public(query="q=示例"),
    "api-facet": public(facet="place"),
    "api-timeline": public(),
    "api-places": public(),
    "api-place": public(code="510000"),
    "api-outlets": public(),
    "api-outlet": public(slug="{slug}"),
    "api-changes": public(),
    "api-coverage": public(),
    "api-matrix": public(),
    "api-milestones": public(),
    "api-quantities": public(),
    "api-spread": public(),
    "api-trends": public(query="q=示例"),
    "api/<path:rest>": public(get=404, rest="nothing"),
    "robots.txt": public(),
    "sitemap.xml": public(),
    "sitemap-<int:number>.xml": public(number="0"),
    "sitemap-<str:kind>.xml": public(kind="places"),
    "opensearch": public(),
    "oai": public(post=PAGE, query="verb=Identify"),
    "suggest": public(query="q=示"),
    "healthz": public(),
    "readyz": public(),
    "metrics": public(),
    "favicon.ico": public(),
    # pages
    "home": public(),
    "search": public(query="q=示例"),
    "facet": public(query="q=示例", facet="place"),
    "receipt": public(query="q=示例"),
    "saved": public(),
    "stop_digest": public(post=404, get=404, token="nothing"),
    "concordance": public(query="q=示例"),
    "research": public(),
    "matrix": public(),
    "spread": public(),
    "story": public(number="{catalog_reprintcluster}"),
    "quantities": public(),
    "trends": public(query="q=示例"),
    "coverage": public(),
    "timeline": public(),
    "timeline_csv": public(),
    "verify": public(post=PAGE),
    "places": public(),
    "place": public(code="510000"),
    "dates": public(),
    "year": public(year="2020"),
    "month": public(year="2020", month="2"),
    "day": public(year="2020", month="2", day="24"),
    "outlets": public(),
    "outlet": public(slug="{slug}"),
    "topic": public(slug="学校"),
    "article": public(public_id="{public_id}"),
    "history": public(public_id="{public_id}"),
    "raw": public(public_id="{kept}"),
    "received": public(get=404, public_id="{kept}"),
    "api": public(),
    "help": public(),
    "about": public(),
}  # fmt: skip


def of_models() -> dict[str, Row]:
    """The six addresses that the admin gives every model."""
    made = {}
    for model, (view, add, change, delete) in MODELS.items():
        record = {"object_id": "{" + model + "}"}
        made |= {
            f"admin:{model}_changelist": staff(view, view),
            f"admin:{model}_add": staff(add, add),
            f"admin:{model}_history": staff(view, view, **record),
            f"admin:{model}_delete": staff(delete, delete, PAGE, ELSEWHERE, **record),
            f"admin:{model}_change": staff(view, change, **record),
            f"staff/{model.replace('_', '/', 1) if model.count('_') == 1 else 'django_tasks_database/dbtaskresult'}/<path:object_id>/":
                staff(READER, READER, ELSEWHERE, ELSEWHERE, **record),
        }  # fmt: skip
    return made


def whole() -> dict[str, Row]:
    return of_models() | TABLE
