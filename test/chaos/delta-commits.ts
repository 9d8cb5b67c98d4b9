import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** When each commit of a Delta table was made, ms, by the `userMetadata` of its write: read from its log, not by Spark. */
export function commitsOf(table: string): ReadonlyMap<string, readonly number[]> {
  const log = join(table, "_delta_log");
  const commits = new Map<string, number[]>();
  if (!existsSync(log)) return commits;
  for (const name of readdirSync(log).filter((file) => /^\d{20}\.json$/.test(file))) {
    const file = join(log, name);
    for (const line of readFileSync(file, "utf8").trim().split("\n")) {
      const { commitInfo } = JSON.parse(line) as { commitInfo?: { userMetadata?: string } };
      const id = commitInfo?.userMetadata;
      if (id !== undefined) commits.set(id, [...(commits.get(id) ?? []), statSync(file).mtimeMs]);
    }
  }
  return commits;
}
