"""What stands between the world and every page: who asks, how often a name may be tried, how much a crawler may cost."""
