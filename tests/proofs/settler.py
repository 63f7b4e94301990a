"""The periodic work of workshops, without rest, as a process that can be killed."""

from portal.kit import clock, ticks


def main() -> None:
    work = [job for job in ticks.jobs() if job.name.startswith("etp.")]
    while True:
        for job in work:
            job.run(clock.now())
