import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

export type Table = readonly (readonly string[])[];

function markdown([header = [], ...rows]: Table): string {
  const all = [header, header.map(() => "---"), ...rows];
  return all.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Prints the tables and writes them to `bench/results/<name>.md`. */
export function report(name: string, title: string, sections: readonly (string | Table)[]): void {
  const machine =
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}. Only ratios of one run mean anything.`;
  const body = sections.map((section) => (typeof section === "string" ? section : markdown(section)));
  const text = [`# ${title}`, machine, ...body].join("\n\n");
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.md`), `${text}\n`);
  console.log(`${text}\n`);
}
