"""Whether everything held is what was received."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.catalog.masking import cover_rest
from archive.catalog.models import Article, ReprintCluster
from archive.catalog.reprints.placing import refresh
from archive.catalog.sanity import Problem, check_layers, check_records, check_store, mend_store
from archive.ingest.models import BatchState, ImportFile
from archive.journal.models import Kind
from archive.journal.runs import Report, noted

#: States after which the files of a batch are no longer needed.
_OVER = (BatchState.DONE, BatchState.CANCELLED, BatchState.UNDONE)


class Command(BaseCommand):
    help = (
        "Verifies the file store against the database (missing, changed, unnamed bytes), that each layer of text "
        "follows from the bytes and can be undone to the byte, and that records hang together."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="mend what can be mended without losing anything")
        parser.add_argument("--quick", action="store_true", help="leave the layers of text out")

    def handle(self, *args: Any, mend: bool, quick: bool, **options: Any) -> None:
        with noted(Kind.SANITY_CHECK) as report:
            self.check_all(mend, quick, report)

    def check_all(self, mend: bool, quick: bool, report: Report) -> None:
        in_use = ImportFile.objects.exclude(batch__state__in=_OVER).values_list("sha256", flat=True)
        found: Counter[str] = Counter()
        left = 0
        for check in (check_store(in_use=in_use), () if quick else check_layers(), check_records()):
            for problem in check:
                found[problem.kind] += 1
                done = self.mended(problem) if mend else ""
                left += not done
                self.stdout.write(f"{problem.kind}  {problem.name}  {problem.sentence}{done}")
        report.figures = {**found, "left": left}
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()))
        if not found:
            report.sentence = "Everything held is what was received."
            self.stdout.write(report.sentence)
        elif left:
            raise CommandError(f"{told}; {left} not mended." + ("" if mend else " Mend what is safe with --mend."))
        else:
            report.sentence = f"{told}; all mended."
            self.stdout.write(report.sentence)

    def mended(self, problem: Problem) -> str:
        """Mend one problem; what was done, or "" """
        if problem.kind == "record" and problem.mendable:
            if (article := Article.objects.filter(public_id=problem.name).first()) is not None:
                cover_rest(article)
                return "已一并遮蔽。"
            cluster = ReprintCluster.objects.filter(pk=int(problem.name.lstrip("#"))).first()
            printing = cluster.printings.first() if cluster is not None else None
            if printing is not None:
                refresh(printing.article_id)
            elif cluster is not None:
                cluster.delete()
            return "已重新选定。"
        return mend_store(problem)
