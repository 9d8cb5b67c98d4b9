import type { SparkSettings } from "../config/project.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface SessionOpenerOptions {
  /** Where the embedded server of this session lives. */
  readonly folder: string;
  readonly settings: SparkSettings;
  /** What goes on while Spark is installed or started, a line at a time. */
  readonly onProgress: (line: string) => void;
  /** Called with what must never be printed. */
  readonly onSecret?: (secret: string) => void;
}

/**
 * Makes the function that opens Spark sessions as the settings say: on their server, or on the embedded one, which
 * is started if it does not run and outlives the command.
 */
export function sessionOpener(
  options: SessionOpenerOptions,
): (signal?: AbortSignal) => Promise<SparkSession> {
  const { settings, onSecret } = options;
  return async (signal) => {
    const remote = settings.remote === "embedded" ? await embedded(options, signal) : settings.remote;
    const token = /;token=([^;]*)/.exec(remote)?.[1];
    if (token !== undefined) onSecret?.(decodeURIComponent(token));
    const { SparkSession } = await import("../sql/spark-session.ts");
    let builder = SparkSession.builder().remote(remote);
    for (const [key, value] of Object.entries(settings.conf)) builder = builder.config(key, value);
    return builder.create();
  };
}

async function embedded(
  { folder, onProgress }: SessionOpenerOptions,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { ensureServer } = await import("../server/embedded-server.ts");
  const server = await ensureServer(folder, { onProgress, ...(signal !== undefined && { signal }) });
  return server.remote;
}
