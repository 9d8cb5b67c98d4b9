import type { RunRecord } from "../../state/run-store.ts";

/** What the user can enter about a run. */
export interface RunCommands {
  /** Goes on with it. */
  readonly resume: string;
  /** Runs nodes of it again; the nodes are to be added. */
  readonly retry: string;
  /** Makes a new run of the same. */
  readonly newRun: string;
}

export function runCommands({ runId, pipeline, startDate, endDate, request }: RunRecord): RunCommands {
  const id = runId.slice(0, 8);
  const { select, exclude, hyperparams } = request?.options ?? {};
  const words = [
    "run",
    pipeline,
    ...option("--env", request?.environment),
    ...option("--start-date", startDate),
    ...option("--end-date", endDate),
    ...[select].flat().flatMap((one) => option("--select", one)),
    ...[exclude].flat().flatMap((one) => option("--exclude", one)),
    ...parameterWords(hyperparams).flatMap((one) => option("--param", one)),
  ];
  return {
    resume: `sparkwright resume ${id}`,
    retry: `sparkwright retry ${id}`,
    newRun: ["sparkwright", ...words.map(quoted)].join(" "),
  };
}

function option(name: string, value: unknown): string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** Values as `--param` takes them: nested keys with dots, values as JSON. */
export function parameterWords(values: unknown, above: readonly string[] = []): string[] {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    return above.length === 0 ? [] : [`${above.join(".")}=${JSON.stringify(values)}`];
  }
  return Object.entries(values).flatMap(([key, value]) => parameterWords(value, [...above, key]));
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
