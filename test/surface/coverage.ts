import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { excused } from "./excused.ts";
import { ourName } from "./names.ts";
import { definerOf } from "./owners.ts";

const root = join(import.meta.dirname, "../..");
const tests = join(root, "test/integration/sql/surface");

export interface SurfaceName {
  /** PySpark's class, or `functions`. */
  readonly owner: string;
  readonly name: string;
  readonly ours: string;
  readonly implemented: boolean;
  /** A test of its own runs it on Spark. */
  readonly tested: boolean;
  /** Why we do not have it. */
  readonly excuse: string | undefined;
}

/** All of PySpark's surface, with what became of each name. */
export function surface(): readonly SurfaceName[] {
  const { version: _, ...owners } = JSON.parse(
    readFileSync(join(import.meta.dirname, "pyspark-4.2.json"), "utf8"),
  ) as { version: string } & Record<string, Record<string, unknown>>;
  const tested = testedNames();
  return Object.entries(owners).flatMap(([owner, names]) =>
    Object.keys(names).map((name) => {
      const ours = ourName(owner, name);
      return {
        owner,
        name,
        ours,
        implemented: definerOf(owner, ours) !== undefined,
        tested: tested.has(`${owner}.${owner === "functions" ? ours : name}`),
        excuse: excused[`${owner}.${name}`],
      };
    }),
  );
}

/** What `covers(...)` names, and the keys of the tables of functions. */
function testedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of globSync("**/*.ts", { cwd: tests })) {
    const source = readFileSync(join(tests, file), "utf8");
    for (const [, member] of source.matchAll(/\bcovers\(\s*"([^"]+)"/g)) names.add(member as string);
    if (!file.endsWith(".cases.ts")) continue;
    for (const [, key] of source.matchAll(/^ +(\w+): \(f\) =>/gm)) names.add(`functions.${key}`);
  }
  return names;
}
