"""Article: one piece as one publisher carried it. Version: that piece as one capture shows it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from ..querysets import ArticleQuerySet
from .access import Access, Shown


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("choice", "草稿")
    PUBLISHED = "published", pgettext_lazy("choice", "已发布")
    WITHDRAWN = "withdrawn", pgettext_lazy("choice", "已撤回")


class Script(models.TextChoices):
    """As printed. Hant-converted: simplified text that a machine turned into traditional."""

    HANS = "Hans", pgettext_lazy("choice", "简体")
    HANT = "Hant", pgettext_lazy("choice", "繁体")
    HANT_CONVERTED = "Hant-converted", pgettext_lazy("choice", "机器转换的繁体")


class Precision(models.TextChoices):
    SECOND = "second", pgettext_lazy("choice", "秒")
    MINUTE = "minute", pgettext_lazy("choice", "分")
    DAY = "day", pgettext_lazy("choice", "日")
    MONTH = "month", pgettext_lazy("choice", "月")
    YEAR = "year", pgettext_lazy("choice", "年")


class Standing(models.TextChoices):
    """How a date is known."""

    STATED = "stated", pgettext_lazy("choice", "原文载明")
    INFERRED = "inferred", pgettext_lazy("choice", "推断")
    UNKNOWN = "unknown", pgettext_lazy("choice", "不详")
    EDITOR = "editor", pgettext_lazy("choice", "编辑核定")


class RegionRole(models.TextChoices):
    PRIMARY = "primary", pgettext_lazy("choice", "主要")
    OTHER = "other", pgettext_lazy("choice", "涉及")


class Article(models.Model):
    """`public_id` is what people cite: stored, short, opaque, never reused (see catalog.public_ids).

    `outlet` is the original source where one is named, else the publisher. `changes` counts what was
    changed by editors and by new versions: a form carries the count that it was shown, and a change to an
    article that has another count by now is refused (see services.claim).
    """

    public_id = models.CharField(max_length=12, unique=True, editable=False)
    publisher = models.ForeignKey(
        "catalog.Outlet", null=True, blank=True, on_delete=models.PROTECT, related_name="printed"
    )
    outlet = models.ForeignKey(
        "catalog.Outlet", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    access = models.CharField(max_length=8, choices=Access.choices, default=Access.FULL)
    rights = models.CharField(max_length=300, blank=True)
    current_version = models.OneToOneField(
        "catalog.Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_sample = models.BooleanField(default=False)
    changes = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="article_access_known"),
        ]
        indexes = [
            models.Index(fields=["status", "outlet"]),
            models.Index(fields=["is_sample"]),
            models.Index(fields=["changed_at", "public_id"]),
        ]

    def __str__(self) -> str:
        version = self.current_version
        return version.display_title if version else self.public_id

    def get_absolute_url(self) -> str:
        return f"/articles/{self.public_id}/"

    def shown(self, *, staff: bool = False) -> Shown:
        """How much of the text readers (or the staff) are shown. Whatever gives out text asks here first."""
        if self.current_version_id is None:
            return Shown.NOTHING
        if staff:
            return Shown.WHOLE
        if self.status != Status.PUBLISHED or self.access == Access.STAFF:
            return Shown.NOTHING
        return Shown.WHOLE if self.access == Access.FULL else Shown.SNIPPETS

    def readable_body(self, *, staff: bool = False) -> str | None:
        """The current body as printed where it is shown whole, else None: for exports, feeds and interfaces."""
        if self.shown(staff=staff) != Shown.WHOLE or self.current_version is None:
            return None
        return self.current_version.body

    def shown_versions(self) -> "models.QuerySet[Version]":
        """The versions up to the current one. A newer one waits for an editor (see catalog.waiting) and is nowhere shown."""
        return self.versions.filter(number__lte=F("article__current_version__number"))

    @property
    def rights_sentence(self) -> str:
        """What readers are told of the rights in the text: the article's own sentence, else its outlet's."""
        printer = self.publisher or self.outlet
        return self.rights or (printer.rights if printer else "") or (self.outlet.rights if self.outlet else "")


class Version(models.Model):
    """The text and fields that one capture shows. Immutable but for editors' corrections (Revision).

    `blocks` is the body in order: [{"kind": "paragraph"|"heading"|"list"|"table", "text": …, "start": …, "end": …}],
    script as printed, places in the repaired layer. `body` joins their texts with one blank line;
    `body_simplified` is its reading in simplified characters, same length, place by place.
    `captions` and `furniture` are [{"text", "start", "end", "kind"}]. A month-only date has
    `precision` month and bounds, never the 1st. `published` is its EDTF text ("2020-02",
    "2020-12-31T08:32"; "" when unknown), a civil date of Asia/Shanghai, as printed.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    capture = models.ForeignKey("catalog.Capture", on_delete=models.PROTECT, related_name="versions")
    item = models.PositiveIntegerField(
        default=0, help_text="which piece of the file, as import_articles counts: of a page from 0, of a table the row"
    )
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    text_sha256 = models.CharField(max_length=64, help_text="of title and body, folded, blanks removed")

    title = models.CharField(max_length=300, blank=True)
    title_as_printed = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    body_simplified = models.TextField()
    blocks = models.JSONField(default=list)
    captions = models.JSONField(default=list, blank=True)
    furniture = models.JSONField(default=list, blank=True)
    script = models.CharField(max_length=14, choices=Script.choices)
    source_line = models.CharField(max_length=300, blank=True)
    original_source = models.CharField(max_length=120, blank=True)
    page_label = models.CharField(max_length=60, blank=True)
    dateline = models.CharField(max_length=120, blank=True)
    source_url = models.CharField(max_length=2000, blank=True)
    editors = models.JSONField(default=list, blank=True)
    topics = models.JSONField(default=list, blank=True)

    published = models.CharField(max_length=40, blank=True)
    published_precision = models.CharField(max_length=6, choices=Precision.choices, blank=True)
    published_standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.UNKNOWN)
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    published_why = models.CharField(max_length=300, blank=True)

    regions = models.ManyToManyField("places.Region", through="VersionRegion", related_name="versions")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once_per_article"),
            models.UniqueConstraint(fields=["capture", "item", "article"], name="version_once_per_piece_of_a_capture"),
            models.CheckConstraint(
                condition=Q(published_earliest__isnull=True)
                | Q(published_latest__isnull=True)
                | Q(published_earliest__lte=F("published_latest")),
                name="version_earliest_before_latest",
            ),
            models.CheckConstraint(condition=Q(script__in=Script.values), name="version_script_known"),
            models.CheckConstraint(condition=Q(published_standing__in=Standing.values), name="version_standing_known"),
            models.CheckConstraint(
                condition=Q(published_precision__in=["", *Precision.values]), name="version_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(published_earliest__isnull=True, published_latest__isnull=True)
                | Q(published_earliest__isnull=False, published_latest__isnull=False),
                name="version_bounds_go_together",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="version_has_a_body"),
        ]
        indexes = [
            models.Index(fields=["published_earliest"]),
            models.Index(fields=["text_sha256"]),
            models.Index(fields=["source_url"]),
        ]

    def __str__(self) -> str:
        return f"{self.display_title} ({self.number})"

    @property
    def display_title(self) -> str:
        """The title, or the first words of the body in square brackets, as cataloguers write them."""
        if self.title:
            return self.title
        words = self.body_simplified.strip().replace("\n", "")
        return "[" + words[: min(24, len(words) // 3)] + "…]"  # no more than may be quoted of any text

    @property
    def day(self) -> date | None:
        """The day of publication when it is known to the day, else None."""
        if self.published_precision in (Precision.SECOND, Precision.MINUTE, Precision.DAY):
            return self.published_earliest
        return None

    @property
    def primary_region(self) -> "VersionRegion | None":
        """The primary place (prefetch `places__region` to read many)."""
        prefetched = getattr(self, "_prefetched_objects_cache", {}).get(
            "places"
        )  # past the manager: lists ask for dozens
        places = self.places.all() if prefetched is None else prefetched
        return next((place for place in places if place.role == RegionRole.PRIMARY), None)


class VersionRegion(models.Model):
    """A place that a version is about. One at most is primary; `township` may be finer than the code."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="places")
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="mentions")
    role = models.CharField(max_length=8, choices=RegionRole.choices, default=RegionRole.PRIMARY)
    township = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["version_id", "-role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "region", "township"], name="region_once_per_version"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(role=RegionRole.PRIMARY), name="one_primary_region_per_version"
            ),
            models.CheckConstraint(condition=Q(role__in=RegionRole.values), name="version_region_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.region} ({self.get_role_display()})"


class Byline(models.Model):
    """A person named as author of a version, in printed order; `role` as printed (记者, 通讯员 …)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="bylines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="byline_position_once_per_version")]

    def __str__(self) -> str:
        return self.name
