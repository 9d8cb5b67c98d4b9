/** What the variables of `${VAR}` are looked up in; the process environment by default. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface InterpolationFault {
  /** Which `${` of the text, counted from 0. */
  readonly ordinal: number;
  readonly kind: "missing" | "malformed";
  /** The variable's name, or what stands where one was expected. */
  readonly name: string;
}

export interface Interpolation {
  readonly text: string;
  /** Whether anything was replaced by a variable or a default. */
  readonly replaced: boolean;
  readonly faults: readonly InterpolationFault[];
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}|\$\{[^}\n]*\}?/g;

/**
 * Replaces `${VAR}` and `${VAR:-default}` (the default also stands in for an empty variable); `$${` is a
 * literal `${`. What a variable holds is not looked into again.
 */
export function interpolate(text: string, variables: Variables): Interpolation {
  if (!text.includes("${")) return { text, replaced: false, faults: [] };
  const faults: InterpolationFault[] = [];
  let ordinal = -1;
  let replaced = false;
  const result = text.replace(reference, (whole: string, name?: string, fallback?: string) => {
    ordinal++;
    if (whole === "$${") return "${";
    if (name === undefined) {
      faults.push({ ordinal, kind: "malformed", name: whole });
      return whole;
    }
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    replaced = true;
    if (fallback !== undefined) return value === undefined || value === "" ? fallback : value;
    if (value === undefined) faults.push({ ordinal, kind: "missing", name });
    return value ?? whole;
  });
  return { text: result, replaced, faults };
}

/** Where the `${` with this ordinal starts in the source of a scalar. */
export function referenceOffset(source: string, ordinal: number): number {
  let at = -1;
  for (let seen = 0; seen <= ordinal; seen++) {
    at = source.indexOf("${", at + 1);
    if (at < 0) return 0;
  }
  return at;
}
