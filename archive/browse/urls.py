"""Addresses of the pages for readers. They are promises: people cite them."""

from django.urls import include, path

from .api.site import addresses
from .views import (
    about,
    articles,
    concordance,
    dates,
    exports,
    facets,
    history,
    home,
    interface,
    machines,
    oai,
    outlets,
    places,
    receipts,
    records,
    search,
    suggest,
    verify,
)

#: Pages, in each language of the interface.
pages = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/facets/<str:facet>/", facets.facet, name="facet"),
    path("search/receipt/", receipts.receipt_page, name="receipt"),
    path("saved/", receipts.saved, name="saved"),
    path("concordance/", concordance.concordance_page, name="concordance"),
    path("verify/", verify.verify_page, name="verify"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("dates/", dates.dates, name="dates"),
    path("dates/<str:year>/", dates.year, name="year"),
    path("dates/<str:year>/<str:month>/", dates.month, name="month"),
    path("dates/<str:year>/<str:month>/<str:day>/", dates.day, name="day"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/<str:slug>/", outlets.outlet, name="outlet"),
    path("topics/<str:slug>/", outlets.topic, name="topic"),
    path("articles/<str:public_id>/", articles.article, name="article"),
    path("articles/<str:public_id>/history/", history.history, name="history"),
    path("articles/<str:public_id>/raw/", records.raw, name="raw"),
    path("api/", interface.interface, name="api"),
    path("help/", about.guide, name="help"),
    path("about/", about.about, name="about"),
]

#: Files and pages for programs, which have no language.
files = [
    path("articles/<str:public_id>.json", records.as_json, name="record"),
    path("articles/<str:public_id>/cite.<str:extension>", records.cite, name="cite"),
    path("search/export.<str:extension>", exports.export, name="export"),
    path("search/feed.atom", exports.feed, {"kind": "atom"}, name="atom"),
    path("search/feed.json", exports.feed, {"kind": "json"}, name="json_feed"),
    path("search/receipt.json", receipts.receipt_json, name="receipt_json"),
    path("search/receipt.txt", receipts.receipt_text, name="receipt_text"),
    path("search/codebook.csv", exports.codebook, name="codebook"),
    path("concordance.csv", concordance.concordance_table, name="concordance_table"),
    path("api/openapi.json", interface.openapi, name="openapi"),
    path("api/v1/", include(addresses())),
    path("api/<path:rest>", interface.nothing),
    path("robots.txt", machines.robots),
    path("sitemap.xml", machines.sitemap),
    path("sitemap-<int:number>.xml", machines.sitemap_file),
    path("sitemap-<str:kind>.xml", machines.sitemap_of),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("oai", oai.oai, name="oai"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("healthz", machines.healthz),
    path("favicon.ico", machines.favicon),
]
