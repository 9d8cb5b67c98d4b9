import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { GoldenCase } from "./fixture.ts";

const folder = import.meta.dirname;
const load = createRequire(import.meta.url);

/** Names of the files of cases. */
export function topics(): readonly string[] {
  return globSync("cases/*.ts", { cwd: folder })
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** The cases of a topic; mocha wants to know them at once, hence not by import(). */
export function casesOf(topic: string): readonly GoldenCase[] {
  const { cases } = load(join(folder, "cases", `${topic}.ts`)) as { cases: readonly GoldenCase[] };
  return cases;
}

export function expectedFile(topic: string): string {
  return join(folder, "expected", `${topic}.json`);
}
