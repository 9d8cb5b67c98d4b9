import { create } from "@bufbuild/protobuf";
import { type Plan, PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import type { ConnectClient } from "../../connect/connect-client.ts";
import { SessionClosedError, SparkError } from "../../connect/errors.ts";
import type { OperationState } from "../../connect/operation-state.ts";
import { throwIfAborted } from "../../core/abort.ts";
import type { Clock } from "../../core/clock.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import type { OperationRecord } from "../../state/run-store.ts";

export type FencedOutcome = "completed" | "failed" | "cancelled" | "unknown";

export interface FenceOptions {
  readonly session: SparkSession;
  /** What a runner that is gone has recorded and nobody has seen the end of. */
  readonly operations: readonly OperationRecord[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEnd: (operation: OperationRecord, outcome: FencedOutcome) => void;
}

const pollMs = 100;
const maxPolls = 10;

/**
 * Makes sure that nothing of a runner that is gone goes on or begins on the server. A write that runs is awaited, what
 * else runs is interrupted and its end confirmed; the id of an operation that has not arrived is used up, so that it
 * cannot arrive any more; then the session is released, after which the server refuses whatever comes in it.
 */
export async function fenceOperations(options: FenceOptions): Promise<void> {
  const { client } = options.session;
  const bySession = Map.groupBy(options.operations, ({ endpoint, sessionId, userId }) =>
    [endpoint, sessionId, userId].join(" "),
  );
  await Promise.all(
    [...bySession.values()].map(async (operations) => {
      const [{ endpoint, sessionId, userId }] = operations as [OperationRecord];
      if (endpoint !== client.endpoint) {
        for (const operation of operations) options.onEnd(operation, "unknown");
        return;
      }
      const old = client.inSession(sessionId, userId);
      try {
        await Promise.all(
          operations.map(async (operation) =>
            options.onEnd(operation, await settle(old, operation, options)),
          ),
        );
        await old.releaseSession();
      } finally {
        await old.close();
      }
    }),
  );
}

/** Ends one operation, by waiting or by force, and says how it ended. */
async function settle(
  client: ConnectClient,
  { operationId, dataset }: OperationRecord,
  options: FenceOptions,
): Promise<FencedOutcome> {
  const { signal, clock, session } = options;
  try {
    let state = await stateOf(client, operationId);
    if (state === "unknown" && !(await claim(client, operationId, emptyPlan(session)))) state = "running";
    if (state === "running" && dataset === undefined) await client.interruptOperation(operationId);
    if (state === "running" || state === "terminating") await drain(client, operationId, signal);
    for (let polls = 0; state === "running" || state === "terminating"; polls += 1) {
      // Nothing of a terminating one runs any more; how it ended, the server tells once it is closed.
      if (state === "terminating" && polls >= maxPolls) return "unknown";
      if (polls > 0) await clock.sleep(pollMs, signal);
      state = await stateOf(client, operationId);
    }
    return outcomes[state];
  } catch (error) {
    if (error instanceof SessionClosedError) return "unknown";
    throw error;
  }
}

const outcomes: Readonly<Record<Exclude<OperationState, "running" | "terminating">, FencedOutcome>> = {
  succeeded: "completed",
  failed: "failed",
  cancelled: "cancelled",
  unknown: "unknown",
};

async function stateOf(client: ConnectClient, operationId: string): Promise<OperationState> {
  try {
    return (await client.operationStatus([operationId])).get(operationId) ?? "unknown";
  } catch (error) {
    if (isClass(error, "INVALID_HANDLE.SESSION_NOT_FOUND")) return "unknown";
    throw error;
  }
}

/**
 * Takes the id of an operation that the server does not know, by running nothing under it: what comes later with the
 * same id is refused. False when the operation has arrived in between.
 */
async function claim(client: ConnectClient, operationId: string, nothing: Plan): Promise<boolean> {
  try {
    for await (const _response of client.execute(nothing, { operationId }));
    return true;
  } catch (error) {
    if (isClass(error, "INVALID_HANDLE.OPERATION_ALREADY_EXISTS")) return false;
    if (isClass(error, "INVALID_HANDLE.OPERATION_ABANDONED")) return true;
    throw error;
  }
}

/** Attaches to an operation until it ends, which keeps the server from giving it up; how it ends is asked for later. */
async function drain(client: ConnectClient, operationId: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const _response of client.reattach({ operationId }, { signal }));
  } catch (error) {
    if (error instanceof SessionClosedError) throw error;
    throwIfAborted(signal);
  }
}

function emptyPlan(session: SparkSession): Plan {
  return create(PlanSchema, { opType: { case: "root", value: session.range(0).toPlan() } });
}

function isClass(error: unknown, errorClass: string): boolean {
  return error instanceof SparkError && error.errorClass === errorClass;
}
