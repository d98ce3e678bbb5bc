"""Why a step of an import is refused."""


class BatchRefused(Exception):
    """The batch is not in a state for this step, or brings too much; the sentence says which."""
