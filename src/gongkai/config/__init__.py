"""Settings, addresses and processes: the only place that knows the deployment."""
