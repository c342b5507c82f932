"""The programming interface: everything the screens show, event push, webhooks, metrics, health."""
