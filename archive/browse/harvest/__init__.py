"""What has come, changed and gone, in the order of time: for the interface's list of changes and for OAI-PMH."""
