import { text as readAll } from "node:stream/consumers";
import { rowValues } from "../../arrow/row.ts";
import { defaultSettings } from "../../config/default-settings.ts";
import { anySignal } from "../../core/abort.ts";
import { CancelledError, SparkwrightError } from "../../core/error.ts";
import { throwIfAny } from "../../core/error-list.ts";
import { sessionOpener } from "../../facade/open-session.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { commandProcess, Interrupt } from "../interrupt.ts";
import { loadContextProject } from "../load-context-project.ts";
import { findProject } from "../project-folder.ts";
import { csvHeader, csvRecord } from "../rows/csv.ts";
import { requireDistinctNames, rowJson } from "../rows/json-text.ts";
import { table } from "../rows/table.ts";
import { timeTextIn } from "../rows/zoned-text.ts";
import type { Output } from "../terminal/output.ts";

export interface SqlOptions {
  readonly query: string;
  readonly format: "table" | "json" | "csv";
  /** Most rows to print; `undefined` is the format's default. */
  readonly limit: number | undefined;
}

/** Runs one SQL statement on the project's Spark and prints its rows. Needs no project. */
export async function sql(context: CommandContext, options: SqlOptions): Promise<number> {
  const { out, err } = context;
  const query = options.query === "-" ? await readAll(process.stdin) : options.query;
  if (query.trim() === "") {
    throw new SparkwrightError("USAGE_EMPTY_QUERY", "the query is empty", {
      hint: 'Write one, such as "select 1".',
    });
  }
  const folder = findProject(context.project, context.cwd);
  const project = folder === undefined ? undefined : await loadContextProject(context, folder);
  const settings = project?.settings ?? defaultSettings();
  const missing = (project?.missingSecrets ?? []).filter(
    ({ path: [section, key] }) => section === "global_settings" && key === "spark",
  );
  throwIfAny(missing.map(({ error }) => error));
  const open = sessionOpener({
    folder: folder ?? context.cwd,
    settings: settings.spark,
    onProgress: (line) => void err.line(line),
  });
  const interrupt = new Interrupt({ process: commandProcess, now: () => performance.now() });
  const signal = anySignal(interrupt.signal, out.closed);
  try {
    const session = await open(signal);
    try {
      await printRows(await session.sql(query, undefined, undefined, { signal }), context, options, signal);
    } finally {
      await session.stop();
    }
    return out.closed.aborted ? whenClosed(out) : ExitCode.success;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return out.closed.aborted ? whenClosed(out) : (interrupt.exitCode ?? ExitCode.interrupted);
  } finally {
    interrupt.dispose();
  }
}

/** A table needs all its rows to know its widths, so it has a limit unless one is given. */
const defaultTableRows = 1_000;
const chunkChars = 64 * 1024;

async function printRows(
  df: DataFrame,
  { out, err }: CommandContext,
  { format, limit }: SqlOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const schema = await df.schema();
  // DDL and the like answer with nothing.
  if (schema.fields.length === 0) return;
  const { names } = schema;
  const types = schema.fields.map((field) => field.dataType);
  if (format === "table") {
    const most = limit ?? defaultTableRows;
    const rows = (await df.limit(most + 1).collect({ signal })).map(rowValues);
    // The zone after the statement, which may have set it.
    const zone = await df.sparkSession.conf.get("spark.sql.session.timeZone");
    await out.write(table(names, types, rows.slice(0, most), timeTextIn(zone)));
    if (rows.length > most) {
      await err.line(`only the first ${most} rows are shown; --limit N shows more, --format json or csv all`);
    }
    return;
  }
  if (format === "json") requireDistinctNames(schema);
  let chunk = format === "csv" ? csvHeader(names) : "";
  const source = limit === undefined ? df : df.limit(limit);
  for await (const row of source.toLocalIterator({ signal })) {
    chunk += format === "json" ? `${rowJson(row, schema)}\n` : csvRecord(rowValues(row), types);
    if (chunk.length < chunkChars) continue;
    await out.write(chunk);
    chunk = "";
  }
  await out.write(chunk);
}

/** What was lost for another reason than a reader who has gone is told at the end. */
function whenClosed({ failure }: Output): number {
  return failure === undefined ? ExitCode.brokenPipe : ExitCode.success;
}
