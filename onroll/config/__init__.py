"""Settings, root addresses, the embedded database, the job queue and the `onroll` command."""
