import { type CommandOutcome, SparkwrightError } from "../core/error.ts";
import { errorFacts } from "./error-facts.ts";
import type { RpcError } from "./transport.ts";

const hints: Readonly<Partial<Record<CommandOutcome, string>>> = {
  done: "The command was done, only its answer was lost: do not run it again.",
  unknown: "Look at what the command changes before you run it again: it may have been done.",
};

/** The same error, saying what became of the command. A copy, since one error may end several commands. */
export function withOutcome(error: unknown, outcome: CommandOutcome): unknown {
  if (!(error instanceof SparkwrightError)) return error;
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  const { message, stack } = error;
  Object.defineProperties(copy, {
    ...Object.getOwnPropertyDescriptors(error),
    message: hidden(
      outcome === "unknown" ? `${message} (whether the command was done is not known)` : message,
    ),
    // What V8 defines it with belongs to one object alone.
    stack: hidden(stack),
    outcome: { value: outcome, enumerable: true },
    hint: { value: hints[outcome] ?? error.hint, enumerable: true },
  });
  return copy;
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true };
}

/** Statuses with which a call ends on its way, whatever the server made of it. */
const statusesOfTheWay = new Set(["UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "RESOURCE_EXHAUSTED"]);
/** About sessions, operations and streams, not about what the operation does. */
const aboutHandles = /^(INVALID_(HANDLE|CURSOR)\b|SPARK_CONNECT_ILLEGAL_STATE)/;
/** Errors that may have hit a command behind the point where its change was made. */
const mayComeLate =
  /SparkContext was (shut ?down|stopped)|stopped SparkContext|OutOfMemoryError|InterruptedException/i;

/** Whether the error is how the operation itself ended, told by the server. */
export function isVerdict(error: RpcError): boolean {
  const { errorClass, classes, message } = errorFacts(error);
  if (aboutHandles.test(errorClass ?? "") || isOrphaned(message)) return false;
  if (errorClass === undefined || errorClass === error.status) {
    return !statusesOfTheWay.has(error.status) && classes.length > 0;
  }
  return true;
}

/** What an error with which the operation itself ended says about a command. */
export function outcomeOfVerdict(error: RpcError): CommandOutcome {
  const { errorClass, message } = errorFacts(error);
  // Delta names it so when the commit is there and only what follows it failed.
  if (errorClass === "DELTA_POST_COMMIT_HOOK_FAILED") return "done";
  // An interrupt may come between the change and the end: of cancelled Delta appends every fifth was there.
  if (errorClass === "OPERATION_CANCELED" || mayComeLate.test(message)) return "unknown";
  return "not_done";
}

/** Whether the server says that it does not have the operation, or not any more. */
export function isLostOperation(error: RpcError): boolean {
  const { errorClass, message } = errorFacts(error);
  return (
    /^INVALID_HANDLE\.(OPERATION_NOT_FOUND|OPERATION_ABANDONED|SESSION_NOT_FOUND)$/.test(errorClass ?? "") ||
    isOrphaned(message)
  );
}

/** A server drops an operation that somebody reattaches to before it has started. */
function isOrphaned(message: string): boolean {
  return /Operation was orphaned|OPERATION_ORPHANED/.test(message);
}
