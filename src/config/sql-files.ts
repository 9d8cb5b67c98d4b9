import { resolve, sep } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import type { NodeConfig } from "./project.ts";
import { readText } from "./source-file.ts";

/** Replaces the file names of SQL nodes by the files' texts; variables are not interpolated in those. */
export async function readSqlFiles(
  root: string,
  nodes: Map<string, NodeConfig>,
  errors: SparkwrightError[],
): Promise<void> {
  const reading = [...nodes.values()].map(async (node) => {
    if (node.code.kind !== "sql" || node.code.file === undefined) return;
    const { file } = node.code;
    // A variable that could not be looked up was told already.
    if (file.includes("${")) return;
    const position = node.positions?.code ?? node.position;
    const path = resolve(root, file);
    if (!path.startsWith(root + sep)) {
      throw new SparkwrightError("CONFIG_SQL_FILE", `nodes.${node.name}: ${file} is outside the project`, {
        position,
        hint: "Name a .sql file inside the project, relative to its folder.",
      });
    }
    const text = await readText(path, position);
    if (text.trim() === "") {
      throw new SparkwrightError("CONFIG_FILE_EMPTY", `${displayPath(path)} is empty`, {
        position,
        hint: "Write the query.",
      });
    }
    nodes.set(node.name, { ...node, code: { kind: "sql", text, file } });
  });
  for (const outcome of await Promise.allSettled(reading)) {
    if (outcome.status === "fulfilled") continue;
    if (!(outcome.reason instanceof SparkwrightError)) throw outcome.reason;
    errors.push(outcome.reason);
  }
}
