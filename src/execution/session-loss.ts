import { ConnectionError, SessionClosedError, SparkError } from "../connect/errors.ts";
import { messageOf } from "../core/error.ts";
import { chainOf } from "../core/error-chain.ts";
import type { SparkSession } from "../sql/spark-session.ts";

/** How long a session that may be gone has to answer, milliseconds. */
const probeTimeoutMs = 5_000;

/**
 * What a failure means for the session that it happened in: the error to go on with, and whether the session is lost.
 * An operation that somebody else stopped may have been stopped by the end of its session; that is asked.
 */
export async function sessionLossOf(
  thrown: unknown,
  session: SparkSession,
): Promise<{ readonly error: unknown; readonly lost: boolean }> {
  const chain = chainOf(thrown);
  if (tellsOfLoss(thrown, session)) return { error: thrown, lost: true };
  if (!chain.some(isStopped)) return { error: thrown, lost: false };
  const probe = await askIfLost(session);
  if (probe === undefined) return { error: thrown, lost: false };
  const message = `${messageOf(thrown)}; its session had ended: ${messageOf(probe)}`;
  return { error: new SessionClosedError(session.sessionId, message, { cause: thrown }), lost: true };
}

/** What the server says of a session that is gone; `undefined` when it is not known to be. */
export async function askIfLost(session: SparkSession): Promise<unknown> {
  try {
    await session.client.analyze(
      { case: "sparkVersion", value: {} },
      { signal: AbortSignal.timeout(probeTimeoutMs) },
    );
    return undefined;
  } catch (error) {
    return tellsOfLoss(error, session) ? error : undefined;
  }
}

/** Whether an error, or one of its causes, says that the session is gone. */
export function tellsOfLoss(thrown: unknown, session: SparkSession): boolean {
  return chainOf(thrown).some((error) => isLoss(error, session));
}

function isLoss(error: unknown, { client, sessionId }: SparkSession): boolean {
  if (error instanceof SessionClosedError) return error.sessionId === sessionId;
  if (error instanceof ConnectionError) return error.endpoint === client.endpoint;
  return error instanceof SparkError && (error.errorClass?.startsWith("INVALID_HANDLE.SESSION_") ?? false);
}

function isStopped(error: unknown): boolean {
  return (
    error instanceof SparkError &&
    /^(OPERATION_CANCELED|INVALID_HANDLE\.OPERATION_)/.test(error.errorClass ?? "")
  );
}
