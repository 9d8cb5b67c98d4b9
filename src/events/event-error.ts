import { messageOf, readableError, type SourcePosition, SparkwrightError } from "../core/error.ts";
import { userPosition } from "./user-position.ts";

/** An error as it leaves the process in an event: plain data, without secrets. */
export interface EventError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** What caused it, the nearest first. */
  readonly causes: readonly EventErrorCause[];
  /** Where in the project it came from, line and column from 1. */
  readonly position?: SourcePosition;
  /** Only at log level `debug`. */
  readonly stack?: string;
}

export interface EventErrorCause {
  readonly code?: string;
  readonly message: string;
}

const deepest = 10;

export interface DescribeOptions {
  readonly withStack?: boolean;
  /** The folder whose files are the user's own code. */
  readonly projectRoot?: string;
}

/** Anything that can be thrown as plain data; never throws. `fallbackCode` is for what is none of our errors. */
export function describeError(
  given: unknown,
  fallbackCode: string,
  { withStack = false, projectRoot }: DescribeOptions = {},
): EventError {
  const thrown = readableError(given);
  const ours = thrown instanceof SparkwrightError ? thrown : undefined;
  const position = ours?.position ?? positionOf(thrown, projectRoot);
  return {
    code: ours?.code ?? fallbackCode,
    message: describeMessage(thrown),
    ...(ours?.hint !== undefined && { hint: ours.hint }),
    causes: describeCauses(thrown),
    ...(position !== undefined && { position }),
    ...(withStack && thrown instanceof Error && thrown.stack !== undefined && { stack: thrown.stack }),
  };
}

function positionOf(thrown: unknown, projectRoot: string | undefined): SourcePosition | undefined {
  if (projectRoot === undefined || !(thrown instanceof Error)) return undefined;
  return userPosition(thrown.stack, projectRoot);
}

function describeCauses(thrown: unknown): EventErrorCause[] {
  const causes: EventErrorCause[] = [];
  const seen = new Set([thrown]);
  for (let at = causeOf(thrown); at !== undefined && causes.length < deepest; at = causeOf(at)) {
    if (seen.has(at)) break;
    seen.add(at);
    const code: unknown = typeof at === "object" && at !== null ? Reflect.get(at, "code") : undefined;
    causes.push({ ...(typeof code === "string" && { code }), message: describeMessage(at) });
  }
  return causes;
}

function describeMessage(thrown: unknown): string {
  if (thrown instanceof Error) {
    return thrown instanceof SparkwrightError || thrown.name === "Error"
      ? thrown.message
      : `${thrown.name}: ${thrown.message}`;
  }
  if (typeof thrown === "object" && thrown !== null) {
    return `a thrown object: ${safeJson(thrown)}`;
  }
  return messageOf(thrown);
}

function safeJson(value: object): string {
  try {
    return JSON.stringify(value) ?? Object.prototype.toString.call(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined;
}
