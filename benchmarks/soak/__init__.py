"""The whole site under load and faults: nothing may fail for readers, nothing may be lost or doubled."""
