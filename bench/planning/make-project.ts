import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const layers = 10;
const functionsPerFile = 20;

/**
 * Writes a project of so many nodes in ten layers, each node with a function of its own, an output and two inputs, and
 * the TypeScript files that hold the functions. Deterministic.
 */
export function makeProject(root: string, size: number): void {
  mkdirSync(join(root, "config"), { recursive: true });
  mkdirSync(join(root, "src"), { recursive: true });
  const width = Math.ceil(size / layers);
  const nodes = Array.from({ length: size }, (_, i) => nodeYaml(i, width));
  write(root, "config/nodes.yaml", nodes.join(""));
  const names = Array.from({ length: size }, (_, i) => `  - node_${i}\n`);
  write(root, "config/pipelines.yaml", `bench:\n  description: A benchmark\n  nodes:\n${indent(names)}`);
  write(root, "config/global_settings.yaml", "max_parallel_nodes: 8\nhyperparams:\n  seed: 1\n");
  for (let file = 0; file * functionsPerFile < size; file++) {
    const from = file * functionsPerFile;
    const functions = Array.from(
      { length: Math.min(functionsPerFile, size - from) },
      (_, k) => `export function fn_${from + k}(input: unknown): unknown {\n  return input;\n}\n`,
    );
    write(root, `src/part_${file}.ts`, functions.join("\n"));
  }
}

function nodeYaml(i: number, width: number): string {
  const above = i - width;
  const inputs =
    above < 0 ? ["source.raw"] : [`lake.table_${above}`, `lake.table_${above - (above % width)}`];
  return [
    `node_${i}:`,
    `  function: part_${Math.floor(i / functionsPerFile)}.fn_${i}`,
    `  input: [${[...new Set(inputs)].join(", ")}]`,
    `  output: [lake.table_${i}]`,
    `  tags: [layer_${Math.floor(i / width)}]`,
    "  hyperparams:",
    `    rate: 0.${i + 1}`,
    "",
  ].join("\n");
}

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("");

function write(root: string, path: string, text: string): void {
  writeFileSync(join(root, path), text);
  if (path === "config/nodes.yaml") {
    writeFileSync(join(root, "config/datasets.yaml"), "source.raw: {format: parquet, path: /data/raw}\n");
  }
}
