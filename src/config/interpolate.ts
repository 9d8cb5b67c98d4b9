/** What the variables of `${VAR}` are looked up in; the process environment by default. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where the references of a text are looked up. */
export interface References {
  readonly variables: Variables;
  secret(kind: SecretKind, name: string): Secret;
}

export type SecretKind = "env" | "file";

/** What a secret holds, or why it cannot be had. */
export type Secret = { readonly value: string } | { readonly why: string; readonly hint: string };

export interface InterpolationFault {
  /** Which `${` of the text, counted from 0. */
  readonly ordinal: number;
  readonly kind: "missing" | "secret" | "malformed";
  /** What is wrong with it, a whole sentence without its full stop. */
  readonly message: string;
  readonly hint: string;
}

export interface Interpolation {
  readonly text: string;
  /** Whether anything was replaced by a variable, a default or a secret. */
  readonly replaced: boolean;
  /** Whether a secret is in the text. */
  readonly secret: boolean;
  readonly faults: readonly InterpolationFault[];
}

/** What stands in a text for a value that was looked up, after what was written before it. */
export type EncodeValue = (value: string, before: string) => string;

const reference =
  /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}|\$\{secret:(env|file):([^{}\n]+)\}|\$\{[^}\n]*\}?/g;

const secretHint = "Write `secret:env:NAME` or `secret:file:path`.";

/** Whether a text has references; other texts are their own interpolation. */
export function hasReferences(text: string): boolean {
  return text.includes("${") || /^secret:\S/.test(text);
}

/**
 * Replaces `${VAR}` and `${VAR:-default}` (the default also stands in for an empty variable) and
 * `${secret:env:NAME}` or `${secret:file:path}`, which a text that is nothing else may write without `${}`.
 * `$${` is a literal `${`. What a variable or secret holds is not looked into again.
 */
export function interpolate(
  written: string,
  { variables, secret }: References,
  encode: EncodeValue = (value) => value,
): Interpolation {
  const faults: InterpolationFault[] = [];
  let ordinal = -1;
  let replaced = false;
  let hasSecret = false;
  const text = /^secret:\S/.test(written) ? `\${${written}}` : written;
  const result = text.replace(
    reference,
    (
      whole: string,
      name: string | undefined,
      fallback: string | undefined,
      kind: SecretKind | undefined,
      of: string,
      at: number,
    ) => {
      ordinal++;
      const found = (value: string) => encode(value, text.slice(0, at));
      if (whole === "$${") return "${";
      if (kind !== undefined) {
        replaced = true;
        hasSecret = true;
        const looked = secret(kind, of);
        if ("value" in looked) return found(looked.value);
        faults.push({ ordinal, kind: "secret", message: looked.why, hint: looked.hint });
        return whole;
      }
      if (name === undefined) {
        const isSecret = whole.startsWith("${secret:");
        const message = `${text === written ? whole : written} is not a ${isSecret ? "secret" : "variable"}`;
        const hint = isSecret
          ? secretHint
          : `Write \${NAME} or \${NAME:-default}; a literal \${ is written $\${.`;
        faults.push({ ordinal, kind: "malformed", message, hint });
        return whole;
      }
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      replaced = true;
      if (fallback !== undefined) return value === undefined || value === "" ? fallback : found(value);
      if (value === undefined) {
        const hint = `Set ${name}, or give a default: \${${name}:-value}.`;
        faults.push({ ordinal, kind: "missing", message: `the variable ${name} is not set`, hint });
      }
      return value === undefined ? whole : found(value);
    },
  );
  return { text: result, replaced, secret: hasSecret, faults };
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
