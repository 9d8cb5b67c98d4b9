import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { StorageLevel } from "../sql/storage-level.ts";
import type { NodeLog } from "./node-log.ts";
import type { NodeResource } from "./node-resources.ts";

/** What a node function gets as its last argument. */
export interface NodeContext {
  /** First day of the run's window, ISO `YYYY-MM-DD`. Thrown when the run has no window: `NODE_NO_WINDOW`. */
  readonly startDate: string;
  /** Last day of the run's window, included. */
  readonly endDate: string;
  /**
   * The session of this attempt of the node, to which the inputs belong; every returned DataFrame must belong to it too.
   * Nobody else uses it: views, functions, variables, settings, `USE` and `SET` end with the node.
   */
  readonly spark: SparkSession;
  readonly log: NodeLog;
  /** Aborts when the node is to stop: Ctrl-C, timeout, fail-fast; and when it has ended. Hand it to whatever is waited for. */
  readonly signal: AbortSignal;
  readonly node: string;
  readonly pipeline: string;
  readonly runId: string;
  /** The node's hyperparameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /**
   * Releases the resource when the node ends, however it ends: last in, first out, once what it returned is stored.
   * Takes what has `close`, `dispose`, `[Symbol.dispose]`, `[Symbol.asyncDispose]`, `unpersist`, `stop` or `clear`,
   * or a function that cleans up. Returns it.
   *
   * @example const client = ctx.use(await connect());
   */
  use<T extends NodeResource>(resource: T): T;
  /** Caches the rows until the node ends; so does `frame.cache()`. */
  cache(frame: DataFrame, storageLevel?: StorageLevel): Promise<DataFrame>;
  /** Names the rows for the SQL of this node, until it ends; so does `frame.createOrReplaceTempView`. */
  tempView(name: string, frame: DataFrame): Promise<void>;
}

export interface NodeContextFacts extends Omit<NodeContext, "startDate" | "endDate" | "spark" | "tempView"> {
  readonly spark: () => SparkSession;
  readonly window: { readonly startDate: string; readonly endDate: string } | undefined;
}

/** The context of one attempt of a node. */
export function nodeContext({ window, spark, ...facts }: NodeContextFacts): NodeContext {
  const day = (which: "startDate" | "endDate"): string => {
    if (window !== undefined) return window[which];
    throw new SparkwrightError(
      "NODE_NO_WINDOW",
      `node '${facts.node}' asks for ctx.${which}, but the run has no window`,
      { hint: "Give --start-date and --end-date, or start_date and end_date of the pipeline." },
    );
  };
  const tempView: NodeContext["tempView"] = async (name, frame, ...more: readonly unknown[]) => {
    if (more.length > 0) throw viewOutlives(facts.node, name);
    await frame.createOrReplaceTempView(name);
  };
  return Object.freeze(
    // Not enumerable, so that a context without a window can still be copied and printed.
    Object.defineProperties({ ...facts, tempView } as unknown as NodeContext, {
      spark: { get: spark, enumerable: true },
      startDate: { get: () => day("startDate") },
      endDate: { get: () => day("endDate") },
    }),
  );
}

/** Once there was `until: "run"`, which JavaScript may still say. */
function viewOutlives(node: string, view: string): SparkwrightError {
  return new SparkwrightError(
    "NODE_VIEW_OUTLIVES",
    `node '${node}' asks ctx.tempView for a view '${view}' with options, but a view ends with its node`,
    {
      hint: "Leave the options out; for other nodes, return the rows as an output, which they name as their input.",
      details: { node, view },
    },
  );
}
