import { resolve } from "node:path";
import { displayPath } from "../core/display-path.ts";
import type { SourcePosition } from "../core/error.ts";
import { placeInText } from "../sql-text/text-edits.ts";
import type { DatasetConfig, NodeConfig } from "./project.ts";

/**
 * Whether SQL reads an input whole, and chooses its days by `:start_date` and `:end_date` itself: a table. Everything
 * else comes to it filtered to the window, as it does to a function.
 */
export function sqlReadsWhole({ inputs, features = [] }: NodeConfig, dataset: DatasetConfig): boolean {
  const isJoined = features.length > 0 && inputs[0]?.dataset === dataset.name;
  return dataset.location.kind === "table" && dataset.source === undefined && !isJoined;
}

/** The table that SQL reads by its own name for an input; undefined where its rows must be bound to a name. */
export function sqlTableOf(config: NodeConfig, dataset: DatasetConfig): string | undefined {
  const { location, options } = dataset;
  const isPlain = sqlReadsWhole(config, dataset) && Object.keys(options).length === 0;
  return isPlain && location.kind === "table" ? location.table : undefined;
}

/** Where an offset of the SQL of a node lies: in its file, else where the text begins in the configuration. */
export function sqlPlace(root: string, config: NodeConfig, offset: number): SourcePosition {
  const { code, position, positions } = config;
  if (code.kind !== "sql" || code.file === undefined) return positions?.code ?? position;
  return { file: displayPath(resolve(root, code.file)), ...placeInText(code.text, offset) };
}
