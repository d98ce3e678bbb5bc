"""Who may do what: four groups, from reading the staff pages to everything but accounts."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

#: Group → permissions, each with those of the groups before it.
ROLES: dict[str, tuple[str, ...]] = {
    "reader": (
        "catalog.view_article", "catalog.view_version", "catalog.view_outlet", "catalog.view_capture",
        "catalog.view_revision", "catalog.view_takedown", "catalog.view_evidence", "catalog.view_textlayer",
        "catalog.view_repair", "catalog.view_doubt", "catalog.view_proposal", "catalog.view_reprintcluster",
        "catalog.view_printing", "catalog.view_sighting", "places.view_region", "catalog.view_milestone",
        "catalog.view_wording", "browse.view_digest", "browse.add_digest", "browse.change_digest", "browse.delete_digest", "ingest.view_importbatch", "ingest.view_importrow",
        "ingest.view_importfile",
    ),
    "contributor": ("ingest.add_importbatch",),
    "editor": (
        "catalog.change_article", "catalog.change_version", "catalog.add_outlet", "catalog.change_outlet",
        "catalog.add_outletalias", "catalog.change_outletalias", "catalog.delete_outletalias",
        "catalog.view_outletalias", "ingest.change_importbatch", "ingest.confirm_importbatch",
        "ingest.undo_importbatch", "catalog.view_mask", "catalog.change_doubt", "catalog.change_mask",
        "catalog.change_proposal", "catalog.change_reprintcluster", "catalog.change_printing",
        "catalog.add_sighting", "search.view_slogan", "search.add_slogan", "search.change_slogan", "search.delete_slogan",
        "catalog.add_milestone", "catalog.change_milestone", "catalog.delete_milestone", "catalog.add_wording",
        "catalog.change_wording", "catalog.delete_wording",
    ),
    "admin": ("catalog.delete_article", "catalog.delete_outlet", "catalog.delete_version", "auth.view_user", "journal.operate"),
}  # fmt: skip


def ensure_groups() -> list[str]:
    """Make the groups and give them their permissions; what an administrator added stays. Names of those changed."""
    changed = []
    wanted: set[str] = set()
    for name, codes in ROLES.items():
        wanted |= set(codes)
        group, made = Group.objects.get_or_create(name=name)
        held = set(group.permissions.values_list("pk", flat=True))
        keys = {permission.pk for permission in _permissions(wanted)}
        if made or keys - held:
            group.permissions.add(*(keys - held))
            changed.append(name)
    return changed


def _permissions(codes: set[str]) -> list[Permission]:
    known = Permission.objects.select_related("content_type")
    return [one for one in known if f"{one.content_type.app_label}.{one.codename}" in codes]
