"""Background tasks: kept in the database, run by `manage.py db_worker`."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
