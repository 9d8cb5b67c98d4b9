const brand: symbol = Symbol.for("sparkwright.error");

/** A place in a text file; `line` and `column` count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What became of a command whose call was rejected: it never began; it ended without completing; it completed; or
 * nobody could tell.
 */
export type CommandOutcome = "not_started" | "not_done" | "done" | "unknown";

export interface SparkwrightErrorOptions {
  readonly cause?: unknown;
  /** What the reader can do about it, one imperative sentence. */
  readonly hint?: string | undefined;
  readonly position?: SourcePosition | undefined;
  /** Structured facts for programs: names, values, limits. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly outcome?: CommandOutcome | undefined;
}

/**
 * The one error family of sparkwright. `code` is stable across releases and upper snake case; `message` names
 * the place and the value; `hint` says what to do.
 *
 * `instanceof` is backed by a brand, so it holds across two installed copies of the package.
 */
export class SparkwrightError extends Error {
  override readonly name: string = "SparkwrightError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly position: SourcePosition | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  /** Of a command that was sent to Spark: what became of it. A read has none, since it can be run again. */
  readonly outcome: CommandOutcome | undefined;

  constructor(code: string, message: string, options: SparkwrightErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.position = options.position;
    this.details = options.details ?? {};
    this.outcome = options.outcome;
    Object.defineProperty(this, brand, { value: classNames(new.target) });
  }

  /** Knows errors of another copy of this package by their name too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const names: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, brand) : undefined;
    return names instanceof Set && names.has(Reflect.get(this, "name"));
  }
}

/**
 * Thrown when work was stopped on purpose: Ctrl-C, a timeout of the caller, fail-fast. Not a failure.
 */
export class CancelledError extends SparkwrightError {
  override readonly name: string = "CancelledError";

  constructor(message = "cancelled", options: SparkwrightErrorOptions = {}) {
    super("CANCELLED", message, options);
  }
}

/** The names of an error class and of its ancestors up to ours. */
function classNames(errorClass: { readonly name: string }): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at: unknown = errorClass; at !== Error; at = Object.getPrototypeOf(at)) {
    names.add((at as { name: string }).name);
  }
  return names;
}

/** The message of anything that can be thrown. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return unreadable;
  }
}

const unreadable = "something was thrown that cannot be read";

/**
 * What was thrown, but where it or a cause of it cannot be read, as with a getter that throws or a name that is no text,
 * a plain error in its place: whoever handles what it gives need not fear it.
 */
export function readableError(thrown: unknown): unknown {
  const chain = new Set<unknown>();
  let above: Error | undefined;
  for (let at = thrown; !chain.has(at); at = at.cause) {
    if (!isReadable(at)) {
      const replaced =
        above !== undefined && Reflect.defineProperty(above, "cause", { value: plainError(at) });
      return replaced ? thrown : plainError(thrown);
    }
    if (!(at instanceof Error)) break;
    chain.add(at);
    above = at;
  }
  return thrown;
}

function isReadable(thrown: unknown): boolean {
  if (Object(thrown) !== thrown) return true;
  try {
    // What is asked of errors here and there.
    const { name, message, stack = "", cause: _, code: __ } = thrown as Error & { code: unknown };
    const isError = thrown instanceof SparkwrightError || thrown instanceof Error;
    return !isError || [name, message, stack].every((text: unknown) => typeof text === "string");
  } catch {
    return false;
  }
}

function plainError(thrown: unknown): Error {
  const text = (key: string): string | undefined => {
    try {
      const value: unknown = Reflect.get(Object(thrown), key);
      return typeof value === "string" ? value : undefined;
    } catch {
      return undefined;
    }
  };
  const stack = text("stack");
  return Object.assign(new Error(text("message") ?? unreadable), stack !== undefined && { stack });
}
