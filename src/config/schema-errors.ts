import type * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { IssueParams } from "./fields.ts";
import { mergeClash } from "./merge-clash.ts";
import { locate, type PathStep, RawScalar, showValue, valueAt, withoutImpliedLists } from "./raw-value.ts";

/** A value of a file with all that a message needs to name it. */
export interface Written {
  readonly value: unknown;
  /** What stands before the keys of `value` in messages: `nodes.extract`. */
  readonly label: string;
  /** The place of the value itself, for what is missing in it. */
  readonly position: SourcePosition;
  /** Where its content starts, when that is known apart from its key. */
  readonly valuePosition?: SourcePosition;
}

/** Other systems' names for our keys, which no edit distance finds. */
const otherNames: Readonly<Record<string, string>> = {
  depends_on: "dependencies",
  upstream: "dependencies",
  sql_file: "sql",
  query: "sql",
  params: "hyperparams",
  parameters: "hyperparams",
  hyperparams: "hyperparameters",
  parallelism: "max_parallel_nodes",
  primary_key: "merge_keys",
  keys: "merge_keys",
};

/** Where nodes have it, pipelines and settings have it one level deeper. */
const belowExecution: ReadonlySet<string> = new Set([
  "fail_fast",
  "retries",
  "timeout",
  "run_timeout",
  "circuit_breaker_threshold",
  "circuit_breaker_timeout_minutes",
]);

/** What else our words are called, which no edit distance finds. */
const otherWords: Readonly<Record<string, string>> = {
  upsert: "merge",
  replace: "overwrite",
  stream: "streaming",
  verbose: "debug",
  warning: "warn",
  fatal: "error",
};

/** Zod's issues as our errors, each at its place. The message of `unrecognized_keys` lists what is allowed. */
export function schemaErrors(issues: readonly z.core.$ZodIssue[], written: Written): SparkwrightError[] {
  return issues.flatMap((issue) => {
    const path = withoutImpliedLists(
      written.value,
      issue.path.filter((step) => typeof step !== "symbol"),
    );
    if (issue.code === "unrecognized_keys") {
      const allowed = issue.message.split(", ");
      return issue.keys.map((key) => unknownKey(written, [...path, key], allowed));
    }
    const value = valueAt(written.value, path);
    if (value instanceof RawScalar && value.isUnresolved) return value.missing ? [value.missing] : [];
    return [wrongValue(issue, written, path)];
  });
}

function unknownKey(
  written: Written,
  path: readonly PathStep[],
  allowed: readonly string[],
): SparkwrightError {
  const key = String(path.at(-1));
  const other = otherNames[key];
  const meant = other !== undefined && allowed.includes(other) ? other : suggest(key, allowed);
  return new SparkwrightError(
    "CONFIG_UNKNOWN_KEY",
    `unknown key "${key}" in ${label(written, path.slice(0, -1))}`,
    {
      position: locate(written.value, path, written.position, "key"),
      hint: `${unknownKeyHint(key, meant, allowed)}Allowed: ${allowed.join(", ")}.`,
      details: { key, allowed, suggestion: meant },
    },
  );
}

function unknownKeyHint(key: string, meant: string | undefined, allowed: readonly string[]): string {
  if (belowExecution.has(key) && allowed.includes("execution")) return `Write it below \`execution\`. `;
  return meant === undefined ? "" : `Did you mean "${meant}"? `;
}

function wrongValue(issue: z.core.$ZodIssue, written: Written, path: readonly PathStep[]): SparkwrightError {
  const name = label(written, path);
  const value = valueAt(written.value, path);
  const params: IssueParams = issue.code === "custom" ? (issue.params ?? {}) : {};
  if (issue.code !== "custom" && value === undefined && path.length > 0) {
    return new SparkwrightError(
      "CONFIG_MISSING_KEY",
      `${label(written, path.slice(0, -1))} needs "${path.at(-1)}"`,
      {
        position: locate(written.value, path.slice(0, -1), written.position, "key"),
        hint: `Add \`${path.at(-1)}\`: ${issue.message}.`,
      },
    );
  }
  const wrongType = issue.code === "invalid_type" && !enumerated(issue.message);
  const code = params.code ?? (wrongType ? "CONFIG_WRONG_TYPE" : "CONFIG_INVALID_VALUE");
  const shown = showValue(value);
  const silent = params.secret === true || issue.message.includes(", but ");
  const but = silent ? "" : `, but is ${shown}`;
  const position = locate(
    written.value,
    path,
    (value === null ? undefined : written.valuePosition) ?? written.position,
  );
  const at = (key: readonly PathStep[]) => locate(written.value, [...path, ...key], position, "key");
  const clash = params.clash && mergeClash({ position: written.position, at }, params.clash);
  return new SparkwrightError(code, `${name} must be ${issue.message}${but}`, {
    position: clash?.position ?? position,
    hint: clash?.hint ?? params.hint ?? hintFor(issue.message, value),
    details: {
      key: name,
      expected: issue.message,
      ...(params.secret === true ? { secret: true } : { value: shown }),
    },
  });
}

function hintFor(expected: string, value: unknown): string {
  const allowed = enumerated(expected);
  if (allowed !== undefined) {
    const word = wordOf(value).toLowerCase();
    const other = otherWords[word];
    const meant = other !== undefined && allowed.includes(other) ? other : suggest(word, allowed);
    return meant === undefined ? `Use one of them.` : `Did you mean "${meant}"?`;
  }
  if (expected.startsWith("text") && value instanceof RawScalar && value.template === undefined)
    return "Put quotes around it.";
  return `Write ${expected}.`;
}

function wordOf(value: unknown): string {
  if (value instanceof RawScalar && !value.isSecret) return value.text;
  return typeof value === "string" ? value : "";
}

function enumerated(expected: string): readonly string[] | undefined {
  return expected.startsWith("one of ") ? expected.slice("one of ".length).split(", ") : undefined;
}

function label(written: Written, path: readonly PathStep[]): string {
  let name = written.label;
  for (const step of path) name += typeof step === "number" ? `[${step}]` : `.${step}`;
  return name;
}
