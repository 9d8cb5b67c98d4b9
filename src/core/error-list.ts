import { SparkwrightError } from "./error.ts";

/** Of several classes in one list, the earliest stage names the whole: what comes later may be its consequence. */
const stages = ["CONFIG", "USAGE", "VALIDATION", "GRAPH", "IMPORT"] as const;

/**
 * Several errors found in one pass. Its `code` is `<CLASS>_ERRORS` of the earliest stage among them
 * (CONFIG before USAGE, VALIDATION, GRAPH and IMPORT), or the only error's own code.
 */
export class ErrorList extends SparkwrightError {
  override readonly name: string = "ErrorList";
  readonly errors: readonly SparkwrightError[];

  constructor(errors: readonly SparkwrightError[]) {
    const sorted = errors.toSorted(byPosition);
    const [only] = sorted;
    if (only === undefined) throw new RangeError("an ErrorList holds at least one error");
    super(groupCode(sorted), sorted.map(oneLine).join("\n"), {
      ...(sorted.length === 1 && { hint: only.hint, position: only.position, details: only.details }),
    });
    this.errors = sorted;
  }
}

/** Thrown when `errors` is not empty. */
export function throwIfAny(errors: readonly SparkwrightError[]): void {
  if (errors.length > 0) throw new ErrorList(errors);
}

function groupCode(errors: readonly SparkwrightError[]): string {
  const codes = new Set(errors.map((error) => error.code));
  const [only] = codes;
  if (codes.size === 1 && only !== undefined) return only;
  const stage = stages.find((prefix) => errors.some((error) => error.code.startsWith(`${prefix}_`)));
  return stage === undefined ? "ERRORS" : `${stage}_ERRORS`;
}

function oneLine(error: SparkwrightError): string {
  const { position } = error;
  return position === undefined
    ? error.message
    : `${position.file}:${position.line}:${position.column}: ${error.message}`;
}

/** Stable: errors without a position come first, in the order they were found. */
function byPosition(a: SparkwrightError, b: SparkwrightError): number {
  if (a.position === undefined || b.position === undefined) {
    return Number(a.position !== undefined) - Number(b.position !== undefined);
  }
  if (a.position.file !== b.position.file) return a.position.file < b.position.file ? -1 : 1;
  return a.position.line - b.position.line || a.position.column - b.position.column;
}
