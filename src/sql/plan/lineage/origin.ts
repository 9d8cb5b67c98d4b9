/** A column of something that is read, and what was done with it on the way. */
export interface ColumnUse {
  /** What is read: the name of a table, or a format with its paths. */
  readonly source: string;
  readonly column: string;
  /** Functions and operations it went through, innermost first; none when the value is passed on as it is. */
  readonly operations: readonly string[];
}

/** What something is made of, and what the plan alone cannot tell about it. */
export interface Origin {
  readonly sources: readonly ColumnUse[];
  /** Why there may be more to it, such as SQL text that only the server reads; empty when all is known. */
  readonly unknown: readonly string[];
}

export const nothing: Origin = { sources: [], unknown: [] };

export function unknownOrigin(reason: string): Origin {
  return { sources: [], unknown: [reason] };
}

/** All of them together, each use once. */
export function together(origins: readonly Origin[]): Origin {
  const parts = origins.filter((one) => one.sources.length + one.unknown.length > 0);
  if (parts.length < 2) return parts[0] ?? nothing;
  return {
    sources: distinctUses(parts.flatMap((one) => one.sources)),
    unknown: [...new Set(parts.flatMap((one) => one.unknown))],
  };
}

/** The same columns after one more operation; one that repeats, as in a chain of `or`, is told once. */
export function through(origin: Origin, operation: string): Origin {
  if (origin.sources.length === 0) return origin;
  const uses = origin.sources.map((use) =>
    use.operations.at(-1) === operation ? use : { ...use, operations: [...use.operations, operation] },
  );
  return { sources: distinctUses(uses), unknown: origin.unknown };
}

function distinctUses(uses: readonly ColumnUse[]): readonly ColumnUse[] {
  const each = new Map(uses.map((use) => [JSON.stringify([use.source, use.column, use.operations]), use]));
  return [...each.values()];
}
