"""What the catalog tells others when many records change at once, without a signal for each.

`articles_changed` carries the keys of articles that were written, in the transaction that wrote
them. `bulk_settled` says that those changes have been committed and may be taken up now. `texts_erased` carries
the keys of articles whose texts are destroyed by law, and the hashes of those texts, in the transaction that deletes
them: whoever keeps a copy in files or rows of its own destroys it too.
"""

from django.dispatch import Signal

#: Sent with `keys`, the primary keys of the articles.
articles_changed = Signal()

#: Sent with `keys`, the primary keys that the articles had, and `texts`, the `text_sha256` of all their versions.
texts_erased = Signal()

#: Sent without anything, from time to time during a long import and at its end.
bulk_settled = Signal()
