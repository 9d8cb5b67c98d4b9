import type * as z from "zod";
import type { SparkwrightError } from "../core/error.ts";
import { defined } from "./defined.ts";
import { executionField } from "./execution-schema.ts";
import { day, freeMap, issue, listOf, oneOf, parallelNodes, record, setOf, text } from "./fields.ts";
import { nodeName, nodeNames } from "./names.ts";
import { optional } from "./optional.ts";
import { parseNamed, type Section } from "./parse-section.ts";
import type { NodeConfig, PipelineConfig } from "./project.ts";
import { checkWindow } from "./window-check.ts";

const pipelineSchema = record(
  {
    description: optional(text(), "What it is for"),
    nodes: setOf(nodeName(), "node names")
      .check((ctx) => {
        if (ctx.value.length === 0) ctx.issues.push(issue(ctx.value, "a list of at least one node name"));
      })
      .describe("Its nodes"),
    start_date: optional(day(), "First day of its window, YYYY-MM-DD"),
    end_date: optional(day(), "Last day of its window, included"),
    max_parallel_nodes: optional(parallelNodes(), "How many of its nodes may run at once"),
    execution: optional(executionField({ inherits: true }), "How its runs behave, over the global settings"),
    type: optional(oneOf(["batch", "streaming", "hybrid"]), "What its nodes are; checked against them"),
    hyperparams: optional(freeMap(), "Parameters of its nodes, over the global settings"),
    tags: optional(listOf(text(), "tags"), "Words to find it by"),
    mlops: optional(freeMap(), "Experiment tracking"),
  },
  "a map with a list of nodes",
);

/** What may be written for one pipeline. */
export function pipelineField(): z.ZodType {
  return pipelineSchema;
}

export function parsePipelines(
  section: Section,
  errors: SparkwrightError[],
): ReadonlyMap<string, PipelineConfig> {
  const pipelines = new Map<string, PipelineConfig>();
  for (const entry of parseNamed(section, pipelineSchema, nodeNames, errors)) {
    const { name, value, position } = entry;
    checkWindow(entry, `pipelines.${name}`, errors);
    pipelines.set(name, {
      name,
      nodes: value.nodes,
      ...defined({
        description: value.description,
        startDate: value.start_date,
        endDate: value.end_date,
        maxParallelNodes: value.max_parallel_nodes,
        execution: value.execution,
        type: value.type,
      }),
      hyperparams: value.hyperparams ?? {},
      tags: value.tags ?? [],
      mlops: value.mlops ?? {},
      position,
      nodePositions: value.nodes.map((_, index) => entry.at(["nodes", index])),
      written: entry.written(["execution", "execution.retries"]),
    });
  }
  return pipelines;
}

/** A project without `pipelines` is one pipeline of all its nodes, `default` until it is asked for by another name. */
export function defaultPipeline(
  nodes: ReadonlyMap<string, NodeConfig>,
  nodesSection: Section,
): ReadonlyMap<string, PipelineConfig> {
  const pipeline: PipelineConfig = {
    name: "default",
    implicit: true,
    nodes: [...nodes.keys()],
    hyperparams: {},
    tags: [],
    mlops: {},
    position: nodesSection.position,
    nodePositions: [...nodes.values()].map((node) => node.position),
  };
  return new Map([["default", pipeline]]);
}
