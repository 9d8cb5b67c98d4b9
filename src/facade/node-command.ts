import { randomUUID } from "node:crypto";
import { nodeContext } from "../commands/node-context.ts";
import { type LogFields, type NodeLogLevel, nodeLog } from "../commands/node-log.ts";
import { NodeResources } from "../commands/node-resources.ts";
import { systemClock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { checkKeys, checkRecord, checkText, invalidArgument } from "./check-argument.ts";
import { type CodeWindow, checkedWindow } from "./check-dataset.ts";

export interface NodeCommandOptions<Result> extends CodeWindow {
  /** Called with the inputs in their order, then the context, as in a run. */
  readonly function: (...args: never[]) => Result;
  /** @default none */
  readonly inputDfs?: readonly DataFrame[];
  /** @default the function's name */
  readonly nodeName?: string;
  /** `ctx.pipeline`. @default the node's name */
  readonly pipelineName?: string;
  /** `ctx.params`. @default none */
  readonly hyperparams?: Readonly<Record<string, unknown>>;
  /** `ctx.spark`. @default the session of the first input */
  readonly spark?: SparkSession;
  /** `ctx.signal`. @default one that never aborts */
  readonly signal?: AbortSignal;
  /** Told what the function logs through `ctx.log`. @default nobody is */
  readonly onLog?: (level: NodeLogLevel, message: string, fields: LogFields) => void;
}

/** How long the release of one resource may take, milliseconds. */
const releaseTimeoutMs = 5_000;

const optionNames: readonly (keyof NodeCommandOptions<unknown>)[] = [
  "function",
  "inputDfs",
  "startDate",
  "endDate",
  "nodeName",
  "pipelineName",
  "hyperparams",
  "spark",
  "signal",
  "onLog",
];

/**
 * One invocation of a node's function, by hand: to try it, or in a test. Nothing is loaded, stored, retried or recorded.
 *
 * @example
 * const command = new NodeCommand({
 *   function: cleanEvents,
 *   inputDfs: [events],
 *   startDate: "2025-01-01",
 *   endDate: "2025-01-31",
 *   nodeName: "transform",
 * });
 * const clean = await command.execute(); // cleanEvents(events, { startDate: "2025-01-01", … })
 */
export class NodeCommand<Result = unknown> {
  readonly #options: NodeCommandOptions<Result>;

  /** Thrown when an option is not what it should be: `USAGE_INVALID_ARGUMENT`. */
  constructor(options: NodeCommandOptions<Result>) {
    checkKeys("NodeCommand", options, optionNames);
    const { inputDfs = [], nodeName, pipelineName, hyperparams } = options;
    if (typeof options.function !== "function")
      throw invalidArgument("function", "a function", options.function);
    if (!Array.isArray(inputDfs)) throw invalidArgument("inputDfs", "an array of DataFrames", inputDfs);
    for (const [index, frame] of inputDfs.entries()) {
      if (!(frame instanceof DataFrame)) throw invalidArgument(`inputDfs[${index}]`, "a DataFrame", frame);
    }
    checkedWindow(options);
    if (nodeName !== undefined) checkText("nodeName", nodeName);
    if (pipelineName !== undefined) checkText("pipelineName", pipelineName);
    if (hyperparams !== undefined) checkRecord("hyperparams", hyperparams);
    this.#options = options;
  }

  /**
   * Calls the function once. Resolves to what it returns and rejects with what it throws, both as they are. What it gave
   * to `ctx.use` is released first; its cached frames and views stay in the session, for what it returns may need them.
   */
  async execute(): Promise<Awaited<Result>> {
    const { inputDfs = [], hyperparams = {}, onLog = () => {} } = this.#options;
    const node = this.#options.nodeName ?? (this.#options.function.name || "node");
    const resources = new NodeResources();
    const session = this.#session(node);
    const context = nodeContext({
      window: checkedWindow(this.#options),
      spark: () => session,
      log: nodeLog("debug", onLog),
      signal: this.#options.signal ?? new AbortController().signal,
      node,
      pipeline: this.#options.pipelineName ?? node,
      runId: randomUUID(),
      params: hyperparams,
      use: (resource) => {
        resources.use(resource);
        return resource;
      },
      cache: async (frame, storageLevel) => await frame.persist(storageLevel),
    });
    const call = this.#options.function as (...args: readonly unknown[]) => Result;
    try {
      return await call(...inputDfs, context);
    } finally {
      const onFailure = (message: string) => onLog("warn", message, {});
      await resources.release({ timeoutMs: releaseTimeoutMs, clock: systemClock, onFailure });
    }
  }

  #session(node: string): SparkSession {
    const session = this.#options.spark ?? this.#options.inputDfs?.[0]?.sparkSession;
    if (session !== undefined) return session;
    throw new SparkwrightError("USAGE_NO_SESSION", `node '${node}' has neither inputs nor a session`, {
      hint: "Pass `spark`: a node without inputs makes its rows with ctx.spark.",
      details: { node },
    });
  }
}
