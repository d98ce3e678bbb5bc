"""Addresses of the pages for readers. They are promises: people cite them."""

from django.urls import include, path

from .api.site import addresses
from .views import (
    about,
    articles,
    concordance,
    coverage,
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
    quantities,
    receipts,
    records,
    research,
    search,
    suggest,
    timeline,
    trends,
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
    path("research/", about.research, name="research"),
    path("research/matrix/", research.matrix_page, name="matrix"),
    path("research/spread/", research.spread, name="spread"),
    path("research/spread/<int:number>/", research.story, name="story"),
    path("research/timeline/", timeline.timeline_page, name="timeline"),
    path("research/quantities/", quantities.quantities_page, name="quantities"),
    path("trends/", trends.trends_page, name="trends"),
    path("coverage/", coverage.coverage_page, name="coverage"),
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

#: What goes with a page, in its language: files of a search, feeds, suggestions.
companions = [
    path("search/export.<str:extension>", exports.export, name="export"),
    path("search/feed.atom", exports.feed, {"kind": "atom"}, name="atom"),
    path("search/feed.json", exports.feed, {"kind": "json"}, name="json_feed"),
    path("search/receipt.json", receipts.receipt_json, name="receipt_json"),
    path("search/receipt.txt", receipts.receipt_text, name="receipt_text"),
    path("search/codebook.csv", exports.codebook, name="codebook"),
    path("concordance.csv", concordance.concordance_table, name="concordance_table"),
    path("research/matrix.csv", research.matrix_csv, name="matrix_csv"),
    path("research/timeline.csv", timeline.timeline_csv, name="timeline_csv"),
    path("research/spread.csv", research.spread_csv, name="spread_csv"),
    path("research/quantities.csv", quantities.quantities_csv, name="quantities_csv"),
    path("trends.csv", trends.trends_csv, name="trends_csv"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("suggest/", suggest.suggest, name="suggest"),
]

#: Records and pages for programs, which have no language of their own.
files = [
    path("articles/<str:public_id>.json", records.as_json, name="record"),
    path("articles/<str:public_id>/cite.<str:extension>", records.cite, name="cite"),
    path("api/openapi.json", interface.openapi, name="openapi"),
    path("api/v1/", include(addresses())),
    path("api/<path:rest>", interface.nothing),
    path("robots.txt", machines.robots),
    path("sitemap.xml", machines.sitemap),
    path("sitemap-<int:number>.xml", machines.sitemap_file),
    path("sitemap-<str:kind>.xml", machines.sitemap_of),
    path("oai", oai.oai, name="oai"),
    path("favicon.ico", machines.favicon),
]
