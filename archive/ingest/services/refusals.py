"""Why a step of an import is refused."""


class BatchRefused(Exception):
    """The batch is not in a state for this step, or brings too much; the sentence says which."""


class BatchBusy(BatchRefused):
    """Another process is at work on the batch."""


class Superseded(Exception):
    """The batch was cancelled, or taken over by another process, while this one worked on it."""
