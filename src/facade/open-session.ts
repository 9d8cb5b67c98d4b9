import type { SparkSettings } from "../config/project.ts";
import { isDatabricksRemote } from "../connect/databricks.ts";
import { ConnectionError } from "../connect/errors.ts";
import { anySignal, unlessAborted } from "../core/abort.ts";
import { formatDuration } from "../core/duration.ts";
import { messageOf } from "../core/error.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface SessionOpenerOptions {
  /** Where the embedded server of this session lives. */
  readonly folder: string;
  readonly settings: SparkSettings;
  /** Whether the embedded server is of no use without Delta. */
  readonly needsDelta?: boolean;
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
  const open = options.settings.remote === "embedded" ? openEmbedded : openRemote;
  return async (signal) => {
    // Nodes make columns, and the engine runs them: without it, no error could name the node's own line.
    const { captureCallSites } = await import("../sql/plan/call-sites.ts");
    captureCallSites();
    return await open(options, signal);
  };
}

/** A server on this machine has no network between: what cannot be reached for so long, ms, is gone. */
const embeddedRetryTimeoutMs = 2_000;

/** How long a server may take to answer for the first time, ms. A cluster of Databricks starts when it is asked. */
const firstAnswerMs = { databricks: 600_000, others: 12_000 };

async function openRemote(
  { settings, onProgress, onSecret }: SessionOpenerOptions,
  signal: AbortSignal | undefined,
): Promise<SparkSession> {
  const { SparkSession } = await import("../sql/spark-session.ts");
  for (const [, secret = ""] of settings.remote.matchAll(/;(?:token|client_secret)=([^;]*)/g))
    onSecret?.(secret);
  let session: SparkSession | undefined;
  const answered = async () => {
    session = await SparkSession.builder()
      .remote(settings.remote)
      .options({ onWarning: (message, error) => onProgress(`${message}: ${messageOf(error)}`) })
      .config(settings.conf)
      .create();
    // A server that cannot be reached is an error of the run, not of each of its nodes.
    await session.version();
    return session;
  };
  const address = /^\w+:\/\/[^/;]*/.exec(settings.remote)?.[0] ?? "";
  const limitMs = isDatabricksRemote(settings.remote) ? firstAnswerMs.databricks : firstAnswerMs.others;
  const late = AbortSignal.timeout(limitMs);
  try {
    // A server that takes connections and never answers must neither be waited for without end nor hold up a Ctrl-C.
    return await unlessAborted(answered(), anySignal(signal, late) ?? late);
  } catch (error) {
    void session?.close().catch(() => {});
    throw error === late.reason ? noAnswer(address, limitMs) : error;
  }
}

function noAnswer(endpoint: string, limitMs: number): ConnectionError {
  return new ConnectionError(
    endpoint,
    `The server at ${endpoint} takes connections, but has not answered for ${formatDuration(limitMs)}.`,
    { hint: "Check that it is a Spark Connect server and that it is well, then run again." },
  );
}

async function openEmbedded(
  { folder, settings, needsDelta = false, onProgress, onSecret }: SessionOpenerOptions,
  signal: AbortSignal | undefined,
): Promise<SparkSession> {
  const [{ ensureServer }, { SparkSession }] = await Promise.all([
    import("../server/embedded-server.ts"),
    import("../sql/spark-session.ts"),
  ]);
  const server = await ensureServer(folder, { onProgress, conf: settings.conf, needsDelta, signal });
  onSecret?.(server.token);
  const session = await SparkSession.builder()
    .remote(server.remote)
    .options({ retryTimeoutMs: embeddedRetryTimeoutMs })
    .create();
  // The server took the settings when it started; a session can still change those that are its own.
  const keys = Object.keys(settings.conf);
  const modifiable = await Promise.all(keys.map((key) => session.conf.isModifiable(key)));
  const own = Object.entries(settings.conf).filter((_, index) => modifiable[index]);
  if (own.length > 0) await session.conf.set(Object.fromEntries(own));
  return session;
}
