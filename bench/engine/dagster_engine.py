"""The work of engine.bench.ts with Dagster in one process: its own SQLite storage, its console log off."""

import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "harness"))
from dagster import (  # noqa: E402
    DagsterInstance,
    DependencyDefinition,
    GraphDefinition,
    In,
    MultiDependencyDefinition,
    NodeInvocation,
    Nothing,
    Out,
    op,
)
from serve import serve  # noqa: E402

home = tempfile.TemporaryDirectory(prefix="sparkwright-bench-dagster-")
with open(os.path.join(home.name, "dagster.yaml"), "w") as file:
    file.write("telemetry:\n  enabled: false\n")
instance = DagsterInstance.from_config(home.name)
quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@op(ins={"after": In(Nothing)}, out=Out(Nothing))
def noop():
    pass


def job_of(name, shape):
    dependencies = {
        NodeInvocation("noop", alias=f"n{node}"): (
            {"after": MultiDependencyDefinition([DependencyDefinition(f"n{need}") for need in needs])} if needs else {}
        )
        for node, needs in enumerate(shape)
    }
    return GraphDefinition(name, node_defs=[noop], dependencies=dependencies).to_job(config=quiet)


def run(job, nodes):
    result = job.execute_in_process(instance=instance)
    done = sum(event.event_type_value == "STEP_SUCCESS" for event in result.all_events)
    assert result.success and done == nodes, done


with open(sys.argv[1]) as file:
    shapes = json.load(file)
jobs = {name: (job_of(f"job_{index}", shape), len(shape)) for index, (name, shape) in enumerate(shapes.items())}
serve({name: (lambda job=job, nodes=nodes: run(job, nodes)) for name, (job, nodes) in jobs.items()})
