import * as z from "zod";
import { parseDuration } from "../core/duration.ts";
import { keepsDigits } from "../core/exact-number.ts";
import { numberFault } from "../core/written-number.ts";
import { isCalendarDay } from "./calendar-day.ts";
import { drawnAs, oneOrList, orReference, patternText } from "./json-form.ts";
import { copyPlaces, isRawMap, type PathStep, RawScalar } from "./raw-value.ts";

/**
 * The building blocks of the schemas. Every `error` text completes the sentence "`key` must be …"; the rest of a
 * message is made in schema-errors.ts.
 */
type Field<T> = z.ZodType<T>;

/** What an issue of a custom check may carry for schema-errors.ts. */
export interface IssueParams {
  readonly code?: string;
  readonly hint?: string;
  /** Two keys that exclude each other; one may have come from an environment. */
  readonly clash?: readonly [string, string];
  /** The value may hold a secret and is not shown. */
  readonly secret?: boolean;
}

// Timers hold 31 bits of milliseconds; a longer one would fire at once.
const maxDurationMs = 24 * 86_400_000;

const number = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** `${PORT}` as what it holds, for a schema that wants more than text. */
function resolve(value: unknown): unknown {
  if (!(value instanceof RawScalar)) return value;
  if (value.template === undefined || value.isSecret) return value.value;
  const { text } = value;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return number.test(text) ? Number(text) : text;
}

/** A number with every digit that was written, for a schema that wants one. */
function resolveNumber(value: unknown, ctx: IssueSink): unknown {
  const resolved = resolve(value);
  const inexact = rounded(value, resolved);
  if (inexact !== undefined) ctx.issues.push(issue(value, inexact, { hint: "Write fewer digits." }));
  return resolved;
}

/** A text stays a text: what came out of a variable is not read as a number. */
function resolveText(value: unknown): unknown {
  if (!(value instanceof RawScalar)) return value;
  return value.template === undefined ? value.value : value.text;
}

export function text(what = "text"): Field<string> {
  return z.preprocess(resolveText, z.string({ error: what }).min(1, { error: what }));
}

/** Text, or a number or boolean exactly as it was written. */
export function textOfAny(): Field<string> {
  const what = "text, a number or true/false";
  const asText = (value: unknown) => (value instanceof RawScalar ? value.text : value);
  return drawnAs(z.preprocess(asText, z.string({ error: what })), () => ({
    type: ["string", "number", "boolean"],
  }));
}

export function matching(pattern: RegExp, what: string, params: IssueParams = {}): Field<string> {
  const field = text(what).check((ctx) => {
    // A secret that is not set is told when somebody uses it.
    if (ctx.value.includes("${secret:") || pattern.test(ctx.value)) return;
    ctx.issues.push(issue(ctx.value, what, params));
  });
  return drawnAs(field, () => patternText(pattern.source));
}

export function wholeNumber(min: number, max: number): Field<number> {
  const error = `a whole number from ${min} to ${max}`;
  const field = z.preprocess(resolveNumber, z.int({ error }).min(min, { error }).max(max, { error }));
  return drawnAs(field, () => orReference({ type: "integer", minimum: min, maximum: max }));
}

/** How many nodes may run at once. */
export function parallelNodes(): Field<number> {
  return wholeNumber(1, 1024);
}

export function decimalNumber(min: number, max: number): Field<number> {
  const error = `a number from ${min} to ${max}`;
  const field = z.preprocess(resolveNumber, z.number({ error }).min(min, { error }).max(max, { error }));
  return drawnAs(field, () => orReference({ type: "number", minimum: min, maximum: max }));
}

export function flag(): Field<boolean> {
  const field = z.preprocess(resolve, z.boolean({ error: "true or false" }));
  return drawnAs(field, () => orReference({ type: "boolean" }));
}

/** One of a few words, in any case. */
export function oneOf<const T extends string>(values: readonly T[]): Field<T> {
  const lower = (value: unknown) => {
    const resolved = resolveText(value);
    return typeof resolved === "string" ? resolved.toLowerCase() : resolved;
  };
  const field = z.preprocess(lower, z.enum(values, { error: `one of ${values.join(", ")}` }));
  const other = patternText(`^(${values.join("|").toUpperCase()})$`);
  return drawnAs(field as unknown as Field<T>, () => ({ anyOf: [{ enum: values }, other] }));
}

export function day(): Field<string> {
  const what = "a calendar day, YYYY-MM-DD";
  const field = text(what).check((ctx) => {
    if (isCalendarDay(ctx.value)) return;
    const hint = "Write a calendar day that exists, YYYY-MM-DD.";
    ctx.issues.push(issue(ctx.value, what, { code: "CONFIG_INVALID_DATE", hint }));
  });
  return drawnAs(field, () => patternText("^\\d{4}-\\d{2}-\\d{2}$"));
}

/** A duration as text, in milliseconds. */
export function duration(): Field<number> {
  const what = "a duration such as 30s, 10m or 1h30m, above zero and at most 24d";
  const field = text(what).transform((value, ctx) => {
    const ms = parseDuration(value);
    if (ms !== undefined && ms >= 1 && ms <= maxDurationMs) return ms;
    ctx.issues.push(issue(value, what));
    return z.NEVER;
  });
  return drawnAs(field, () => patternText("^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$"));
}

/** A list, or the one item of it; a map is one only where items may be maps. */
export function listOf<T>(
  item: Field<T>,
  what: string,
  { ofMaps = false }: { readonly ofMaps?: boolean } = {},
): Field<readonly T[]> {
  const isOther = (value: unknown) =>
    Array.isArray(value) || value === undefined || value === null || (isRawMap(value) && !ofMaps);
  const asList = (value: unknown) => (isOther(value) ? value : [value]);
  const field = z.preprocess(asList, z.array(item, { error: `a list of ${what}` }));
  return drawnAs(field, (draw) => oneOrList(draw(item)));
}

/** As `listOf`, each item once. */
export function setOf(item: Field<string>, what: string): Field<readonly string[]> {
  return listOf(item, what).check((ctx) => {
    const seen = new Set<string>();
    for (const [index, value] of ctx.value.entries()) {
      if (seen.has(value)) {
        const what = `different from the others, but is "${value}" again`;
        ctx.issues.push(issue(value, what, { hint: "Remove the repetition." }, [index]));
      }
      seen.add(value);
    }
  });
}

/** A map with these keys and no others. */
export function record<const S extends z.core.$ZodLooseShape>(
  shape: S,
  what: string,
): Field<z.output<z.ZodObject<S>>> {
  const error = (found: { readonly code?: string }) =>
    found.code === "unrecognized_keys" ? Object.keys(shape).join(", ") : what;
  return z.preprocess(resolve, z.strictObject(shape, { error })) as unknown as Field<
    z.output<z.ZodObject<S>>
  >;
}

/** Keys and texts, as Spark's options and settings are. */
export function textMap(): Field<Readonly<Record<string, string>>> {
  return z.preprocess(resolve, z.record(z.string(), textOfAny(), { error: "a map of names and values" }));
}

/** A map nobody constrains, with numbers and booleans as YAML reads them. */
export function freeMap(): Field<Readonly<Record<string, unknown>>> {
  const field = z.unknown().transform((value, ctx) => {
    if (isRawMap(value)) return plain(value, ctx, []) as Readonly<Record<string, unknown>>;
    ctx.issues.push(issue(value, "a map of names and values"));
    return z.NEVER;
  });
  return drawnAs(field, () => ({ type: "object" }));
}

interface IssueSink {
  readonly issues: z.core.$ZodRawIssue[];
}

function plain(value: unknown, ctx: IssueSink, path: readonly PathStep[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plain(item, ctx, [...path, index]));
  if (isRawMap(value)) {
    const map = Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, plain(item, ctx, [...path, name])]),
    );
    copyPlaces(value, map);
    return map;
  }
  const resolved = keptAsText(value) ? resolveText(value) : resolve(value);
  if (typeof resolved !== "number") return resolved;
  const what = numberFault(value instanceof RawScalar ? value.text : String(resolved), resolved);
  if (what !== undefined) {
    const hint = Number.isFinite(resolved)
      ? "Quote it, to keep every digit as text."
      : "Quote it; JSON, in which runs are recorded, has no such number.";
    ctx.issues.push(issue(value, what, { hint }, path));
  }
  return resolved;
}

/** Whether what came out of a variable would not be the same as a number. */
function keptAsText(value: unknown): boolean {
  if (!(value instanceof RawScalar) || value.template === undefined) return false;
  return number.test(value.text) && numberFault(value.text, Number(value.text)) !== undefined;
}

/** What a decimal must be that has more digits than a number keeps; whole numbers out of its range are another matter. */
function rounded(value: unknown, read: unknown): string | undefined {
  if (!(value instanceof RawScalar) || typeof read !== "number" || !number.test(value.text)) return undefined;
  if (Math.abs(read) > Number.MAX_SAFE_INTEGER || keepsDigits(value.text, read)) return undefined;
  return `a number of at most 15 digits, but ${value.text} would become ${read}`;
}

/** An issue made by hand; `what` again completes "`key` must be …". */
export function issue(
  input: unknown,
  what: string,
  params: IssueParams = {},
  path: readonly PathStep[] = [],
): z.core.$ZodRawIssue {
  return { code: "custom", input, message: what, params: { ...params }, path: [...path] };
}
