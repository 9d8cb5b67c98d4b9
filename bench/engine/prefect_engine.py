"""The work of engine.bench.ts with Prefect: tasks of a flow, its own server on SQLite, its logs off."""

import json
import os
import sys
import tempfile

home = tempfile.TemporaryDirectory(prefix="sparkwright-bench-prefect-")
os.environ.update(
    PREFECT_HOME=home.name,
    PREFECT_LOGGING_LEVEL="CRITICAL",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="true",
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120",
)
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "harness"))
from prefect import flow, task  # noqa: E402
from serve import serve  # noqa: E402


@task
def noop():
    pass


@flow
def run(shape):
    futures = []
    for needs in shape:
        futures.append(noop.submit(wait_for=[futures[need] for need in needs]))
    for future in futures:
        future.wait()
    return len([future for future in futures if future.state.is_completed()])


def run_all(shape):
    assert run(shape) == len(shape)


with open(sys.argv[1]) as file:
    shapes = json.load(file)
serve({name: (lambda shape=shape: run_all(shape)) for name, shape in shapes.items()})
