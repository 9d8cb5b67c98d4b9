import { readableError, SparkwrightError } from "../core/error.ts";
import { type FaultKind, withFaultHandler } from "../modules/code-faults.ts";
import { guardExit } from "../modules/guard-exit.ts";

/**
 * Runs a node's code such that what it does to the whole process fails that node only: it rejects as soon as the code
 * asks for the end of the process (`NODE_ENDED_PROCESS`), rejects a promise that nobody handles
 * (`NODE_UNHANDLED_REJECTION`) or throws where nobody can catch it (`NODE_UNCAUGHT_EXCEPTION`).
 *
 * `onLate` is told of such a fault when the node has ended already.
 */
export async function guardNode<T>(
  node: string,
  work: () => Promise<T>,
  onLate: (error: SparkwrightError) => void,
): Promise<T> {
  const fault = Promise.withResolvers<never>();
  fault.promise.catch(() => undefined);
  let ended = false;
  const fail = (error: SparkwrightError): SparkwrightError => {
    if (ended) onLate(error);
    else fault.reject(error);
    return error;
  };
  const handler = (kind: FaultKind, given: unknown): boolean => {
    const thrown = readableError(given);
    // What `process.exit()` threw was told of when it was thrown.
    if (!isEnding(thrown)) fail(faultError(node, kind, thrown));
    return true;
  };
  try {
    const guarded = () => guardExit(work, (call) => fail(endingError(node, call)));
    return await Promise.race([fault.promise, withFaultHandler(handler, guarded)]);
  } catch (thrown) {
    throw readableError(thrown);
  } finally {
    ended = true;
  }
}

const endingCode = "NODE_ENDED_PROCESS";
const faultCodes: Readonly<Record<FaultKind, string>> = {
  uncaughtException: "NODE_UNCAUGHT_EXCEPTION",
  unhandledRejection: "NODE_UNHANDLED_REJECTION",
};

/** Code that did this may still be at work, so that it must not run a second time beside itself. */
export function isFault(error: unknown): boolean {
  return isEnding(error) || Object.values(faultCodes).some((code) => hasCode(error, code));
}

function isEnding(error: unknown): boolean {
  return hasCode(error, endingCode);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof SparkwrightError && error.code === code;
}

function endingError(node: string, call: string): SparkwrightError {
  return new SparkwrightError(endingCode, `the code of node '${node}' called ${call}`, {
    hint: "Throw an error to fail the node; only sparkwright ends the process.",
    details: { node, call },
  });
}

function faultError(node: string, kind: FaultKind, cause: unknown): SparkwrightError {
  return kind === "unhandledRejection"
    ? new SparkwrightError(faultCodes[kind], `the code of node '${node}' left a rejected promise unhandled`, {
        cause,
        hint: "Await every promise that the code makes, or give it a catch.",
        details: { node },
      })
    : new SparkwrightError(
        faultCodes[kind],
        `the code of node '${node}' threw where nobody can catch it, in a timer or an event handler`,
        { cause, hint: "Catch it there, or turn it into a promise that is awaited.", details: { node } },
      );
}
