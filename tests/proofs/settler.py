"""The periodic work of workshops, without rest, as a process that can be killed.

`python -m tests.proofs.settler`: says that it is ready, then goes round and round.
"""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.proofs.served")
    django.setup()
    from portal.kit import clock, ticks

    work = [job for job in ticks.jobs() if job.name.startswith("etp.")]
    print("ready", flush=True)  # noqa: T201 - to whoever started it
    while True:
        for job in work:
            job.run(clock.now())


if __name__ == "__main__":
    main()
