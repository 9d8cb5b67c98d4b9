import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type FunctionTable, testFunctions } from "./function-cases.ts";

const folder = join(import.meta.dirname, "functions");
const load = createRequire(import.meta.url);

/** Every file `functions/<category>.cases.ts` exports `tables`. */
for (const file of globSync("*.cases.ts", { cwd: folder }).sort()) {
  const { tables } = load(join(folder, file)) as { tables: readonly FunctionTable[] };
  for (const table of tables) testFunctions(`functions: ${basename(file, ".cases.ts")}`, table);
}
