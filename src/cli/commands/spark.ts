import { type EmbeddedServer, ensureServer, findServer, stopServer } from "../../server/embedded-server.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { commandProcess, Interrupt } from "../interrupt.ts";
import { findProject } from "../project-folder.ts";

export interface SparkOptions {
  readonly action: "start" | "stop" | "status";
}

/** Starts, stops or finds the embedded server of the project (without one: of the current folder). */
export async function spark(context: CommandContext, { action }: SparkOptions): Promise<number> {
  const { out } = context;
  const folder = findProject(context.project, context.cwd) ?? context.cwd;
  if (action === "stop") {
    await out.line(
      (await stopServer(folder, { onProgress: (line) => void context.err.line(line) }))
        ? "Spark was stopped"
        : "Spark was not running",
    );
    return ExitCode.success;
  }
  if (action === "status") {
    const server = await findServer(folder);
    await out.line(server === undefined ? "Spark is not running" : describe(server));
    return server === undefined ? ExitCode.general : ExitCode.success;
  }
  const interrupt = new Interrupt({ process: commandProcess, now: () => performance.now() });
  try {
    const server = await ensureServer(folder, {
      onProgress: (line) => void context.err.line(line),
      signal: interrupt.signal,
    });
    await out.line(`${describe(server)}${server.reused ? "" : " (just started)"}`);
    return ExitCode.success;
  } catch (error) {
    if (interrupt.exitCode !== undefined) return interrupt.exitCode;
    throw error;
  } finally {
    interrupt.dispose();
  }
}

/** Never the token: whoever reads it can run code. */
function describe({ sparkVersion, host, port, pid, startedAt }: EmbeddedServer): string {
  return `Spark ${sparkVersion} is running at sc://${host}:${port} (pid ${pid}, since ${startedAt})`;
}
