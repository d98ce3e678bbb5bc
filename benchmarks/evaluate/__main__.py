"""`make evaluate`: tables of right, wrong and unknown by field and level.

Seeds, labelled briefs, real pages (where their texts can be had), HTML bodies, newspaper pages and whole
generated pages in every class of damage are judged through the pipeline; repairs, quantities and topics by themselves.
"""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
SHARED = Path(__file__).resolve().parents[3] / "shared"
#: Newspaper pages of each generator, for one generated page of each damage: their aims are told in parts of a hundred.
NEWSPAPERS = 6
SECTIONS = ("seeds", "briefs", "pages", "html", "newspapers", "generated", "repairs", "quantities", "topics")


def main() -> int:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"some of: {', '.join(SECTIONS)} (all)")
    parser.add_argument(
        "--pages", type=int, default=50, help="generated pages for each damage, and newspaper pages of each kind"
    )
    parser.add_argument(
        "--texts", type=Path, help="folder of ID.txt: texts of the labelled real pages, kept outside the project"
    )
    arguments = parser.parse_args()
    sections = arguments.sections or SECTIONS
    unknown = set(sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    if not SHARED.is_dir():
        print("../shared is absent: nothing to evaluate.")
        return 2
    from benchmarks import html_bodies, repair_rates

    from . import labelled, measured, synthetic
    from .tables import show, show_matrix, tally

    if "seeds" in sections:
        show("Seeds (12 articles)", tally(labelled.seeds(SHARED)))
    if "briefs" in sections:
        show("Labelled briefs", tally(labelled.briefs(SHARED)))
    if "pages" in sections:
        if arguments.texts:
            show("Real pages with labels", tally(labelled.real_pages(SHARED, arguments.texts)))
        else:
            print("\nReal pages with labels: not judged, their texts are not at hand (--texts FOLDER)")
    if "html" in sections:
        print("\nHTML bodies")
        sys.argv = ["html-bodies"]
        html_bodies.main()
    if "newspapers" in sections:
        for name, seed in (("development", 601), ("held out", 20260131)):
            many = NEWSPAPERS * arguments.pages
            counts = tally(synthetic.newspapers(SHARED, many, seed))
            show(f"Newspaper pages, {name} seed {seed} (unknown: flagged as unsure)", counts)
    if "generated" in sections:
        total, by_damage = synthetic.generated(SHARED, arguments.pages)
        show(f"Generated pages ({arguments.pages} × {len(by_damage)} damages)", total)
        show_matrix("Generated pages by damage", by_damage)
    if "repairs" in sections:
        print("\nRepairs")
        sys.argv = ["repair-rates", "40000"]
        repair_rates.main()
    if "quantities" in sections:
        measured.show_measured("Quantities of labelled sentences", measured.judged_quantities(SHARED))
    if "topics" in sections:
        measured.show_measured("Topics of labelled passages", measured.judged_topics(SHARED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
