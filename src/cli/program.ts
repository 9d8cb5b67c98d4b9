import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { LogLevel } from "../config/project.ts";
import { type SchemaName, schemaNames } from "../config/section-names.ts";
import { packageVersion } from "../core/package-version.ts";
import type { CommandContext, Command as Handler } from "./command-context.ts";
import { ExitCode } from "./exit-code.ts";
import {
  type PlanFlags,
  planOptions,
  positiveInteger,
  withNodeOptions,
  withRunOptions,
  withSelection,
  withWindow,
} from "./plan-options.ts";
import { usageError } from "./usage-error.ts";

/** Parses a command line and runs its command; each command's module is loaded only when it is called. */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Pick<CommandContext, "out" | "err" | "cwd">,
): Promise<number> {
  let exitCode: number = ExitCode.success;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  if (argv.length === 0) {
    program.outputHelp();
    return ExitCode.success;
  }
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return ExitCode.success;
    throw usageError(thrown);
  }
  return exitCode;
}

function buildProgram(
  terminal: Pick<CommandContext, "out" | "err" | "cwd">,
  onExit: (code: number) => void,
): Command {
  const program = new Command("sparkwright")
    .description("Data pipelines in TypeScript and SQL on Apache Spark.")
    .version(packageVersion(), "-V, --version")
    .option(
      "-p, --project <dir>",
      "project folder (default: the nearest one that holds config/ or config.yaml)",
    )
    .option("--env <name>", "environment of the project (default: SPARKWRIGHT_ENV, else its own files alone)")
    .addOption(
      new Option("--log-level <level>", "how much is told (default: log_level of the settings)").choices(
        logLevels,
      ),
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      writeErr: () => {},
      outputError: () => {},
    })
    .addHelpText("after", examples);

  /** The action of a command: loads its module, hands it its options. */
  const action =
    <Options>(
      load: () => Promise<Handler<Options>>,
      options: (args: readonly (string | undefined)[], flags: Flags) => Options,
    ) =>
    async (...received: unknown[]) => {
      const command = received.at(-1) as Command;
      const flags = command.optsWithGlobals<Flags>();
      if (flags.json) terminal.out.divertOthers(terminal.err);
      const handler = await load();
      onExit(
        await handler(
          { ...terminal, project: flags.project, environment: flags.env, logLevel: flags.logLevel },
          options(command.processedArgs as (string | undefined)[], flags),
        ),
      );
    };

  withRunOptions(program.command("run <pipeline>"))
    .description("run a pipeline")
    .option("--json", "write every event of the run as one line of JSON, and nothing else, on stdout")
    .action(
      action(
        async () => (await import("./commands/run.ts")).run,
        ([pipeline = ""], flags) => ({ pipeline, plan: planOptions(flags), json: flags.json ?? false }),
      ),
    );

  withRunOptions(program.command("plan <pipeline>"))
    .description("show what a run would do, why and with which values, without touching Spark")
    .option("--json", "print the plan as one JSON document")
    .action(
      action(
        async () => (await import("./commands/plan.ts")).plan,
        ([pipeline = ""], flags) => ({ pipeline, plan: planOptions(flags), json: flags.json ?? false }),
      ),
    );

  withNodeOptions(program.command("backfill <pipeline>"))
    .description("run a pipeline over a time in windows, each a run of its own")
    .requiredOption("--from <day>", "first day, YYYY-MM-DD")
    .requiredOption("--to <day>", "last day, included")
    .addOption(
      new Option("--chunk <chunk>", "a window: a day, seven days counted from --from, or a calendar month")
        .choices(["day", "week", "month"])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--only <windows>", "those without a successful run, those whose last run failed, or all")
        .choices(["missing", "failed", "all"])
        .default("missing"),
    )
    .option("--parallel <n>", "how many windows run at once", positiveInteger, 1)
    .option("--fail-fast", "let the first window that fails stop the others")
    .option("--dry-run", "list the windows and their state, and run nothing")
    .option("--json", "write every event of all runs as one line of JSON, and nothing else, on stdout")
    .action(
      action(
        async () => (await import("./commands/backfill.ts")).backfill,
        ([pipeline = ""], flags) => ({
          pipeline,
          from: flags.from ?? "",
          to: flags.to ?? "",
          chunk: flags.chunk ?? "day",
          only: flags.only ?? "missing",
          parallel: flags.parallel ?? 1,
          failFast: flags.failFast ?? false,
          dryRun: flags.dryRun ?? false,
          plan: planOptions(flags),
          json: flags.json ?? false,
        }),
      ),
    );

  program
    .command("resume [run]")
    .description(
      "go on with a run (default: the latest that did not succeed); what is done and valid is kept",
    )
    .option("--keep <name...>", "a node that is done and stays so, whatever has changed")
    .option("--json", "write every event as one line of JSON, and nothing else, on stdout")
    .action(
      action(
        async () => (await import("./commands/resume.ts")).resume,
        ([run], { keep = [], json = false }) => ({ run, keep, json }),
      ),
    );

  program
    .command("retry <run>")
    .description("run nodes of a run again, and what is below them")
    .requiredOption("--node <name...>", "a node to run again; may be given more than once")
    .option("--keep <name...>", "a node below that is done and stays so")
    .option("--json", "write every event as one line of JSON, and nothing else, on stdout")
    .action(
      action(
        async () => (await import("./commands/retry.ts")).retry,
        ([run = ""], { node = [], keep = [], json = false }) => ({ run, nodes: node, keep, json }),
      ),
    );

  program
    .command("history")
    .description("list the latest runs")
    .option("--pipeline <name>", "of one pipeline")
    .option("--limit <n>", "at most so many", positiveInteger, 20)
    .option("--json", "print them as one JSON document")
    .action(
      action(
        async () => (await import("./commands/history.ts")).history,
        (_, { pipeline, limit = 20, json = false }) => ({ pipeline, limit, json }),
      ),
    );

  program
    .command("show <run>")
    .description("show what is recorded of a run, by its id or the beginning of it")
    .option("--json", "print it as one JSON document")
    .action(
      action(
        async () => (await import("./commands/show.ts")).show,
        ([run = ""], { json = false }) => ({ run, json }),
      ),
    );

  program
    .command("list")
    .description("list the pipelines of the project")
    .action(
      action(
        async () => (await import("./commands/list.ts")).list,
        () => ({}),
      ),
    );

  withWindow(program.command("validate [pipeline]"))
    .description("check one pipeline, or all, without touching Spark")
    .action(
      action(
        async () => (await import("./commands/validate.ts")).validate,
        ([pipeline], flags) => ({ pipeline, plan: planOptions(flags as PlanFlags) }),
      ),
    );

  withSelection(program.command("graph <pipeline>"))
    .description("show the nodes of a pipeline and what each waits for")
    .addOption(
      new Option("--format <format>", "text or a Mermaid flowchart")
        .choices(["text", "mermaid"])
        .default("text"),
    )
    .action(
      action(
        async () => (await import("./commands/graph.ts")).graph,
        ([pipeline = ""], flags) => ({
          pipeline,
          plan: planOptions(flags),
          format: flags.format as "text" | "mermaid",
        }),
      ),
    );

  program
    .command("sql <query>")
    .description('run a SQL query and print its rows ("-" reads the query from stdin)')
    .addOption(
      new Option("--format <format>", "how rows are printed")
        .choices(["table", "json", "csv"])
        .default("table"),
    )
    .option(
      "--limit <rows>",
      "print at most this many rows (default: 1000 as a table, else all)",
      wholeNumber,
    )
    .action(
      action(
        async () => (await import("./commands/sql.ts")).sql,
        ([query = ""], { format, limit }) => ({ query, format: format as "table" | "json" | "csv", limit }),
      ),
    );

  program
    .command("schema")
    .description(
      "print the JSON Schema of a configuration file, by which editors check and complete it, or of the events",
    )
    .addArgument(
      new Argument("[section]", "the file's section, or events: the lines of run --json")
        .choices([...schemaNames, "events"])
        .default("config"),
    )
    .option("--write [folder]", "write those of all files (default: into .sparkwright/schemas)")
    .action(
      action(
        async () => (await import("./commands/schema.ts")).schema,
        ([section], { write }) => ({ section: section as SchemaName | "events", write }),
      ),
    );

  const circuit = program
    .command("circuit")
    .description("the circuit breaker of a pipeline")
    .action(() => circuit.outputHelp());
  for (const [name, description] of [
    ["status", "say whether it is open, since when and why"],
    ["reset", "close it by hand"],
  ] as const) {
    circuit
      .command(`${name} <pipeline>`)
      .description(description)
      .action(
        action(
          async () => (await import("./commands/circuit.ts")).circuit,
          ([pipeline = ""]) => ({ action: name, pipeline }),
        ),
      );
  }

  const spark = program
    .command("spark")
    .description("the project's embedded Spark Connect server")
    .action(() => spark.outputHelp());
  for (const [name, description] of [
    ["start", "install Spark if there is none, and start the server unless it runs"],
    ["stop", "stop the server if it runs"],
    ["status", "say whether the server runs, and where"],
  ] as const) {
    spark
      .command(name)
      .description(description)
      .action(
        action(
          async () => (await import("./commands/spark.ts")).spark,
          () => ({ action: name }),
        ),
      );
  }
  return program;
}

interface Flags extends PlanFlags {
  readonly project?: string;
  readonly env?: string;
  readonly logLevel?: LogLevel;
  readonly json?: boolean;
  readonly write?: string | true;
  readonly from?: string;
  readonly to?: string;
  readonly chunk?: "day" | "week" | "month";
  readonly only?: "missing" | "failed" | "all";
  readonly parallel?: number;
  readonly failFast?: boolean;
  readonly dryRun?: boolean;
  readonly node?: readonly string[];
  readonly keep?: readonly string[];
  readonly pipeline?: string;
  readonly format?: string;
  readonly limit?: number;
}

const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

const examples = `
Examples:
  sparkwright run daily_etl
  sparkwright run daily_etl --start-date 2001-02-01 --end-date 2001-02-28
  sparkwright run daily_etl --json > events.ndjson
  sparkwright run daily_etl --select clean+ --exclude tag:slow
  sparkwright plan daily_etl --select "+clean,tag:nightly"
  sparkwright backfill daily_etl --from 2001-01-01 --to 2001-12-31 --chunk month
  sparkwright graph daily_etl --format mermaid
  sparkwright sql "select * from gold.route_ranking" --format csv

Exit codes:
  0 success   1 general   2 YAML, schema or usage   3 validation   4 execution
  5 graph     6 importer  130 interrupted           143 terminated
`;

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
