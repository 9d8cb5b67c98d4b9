import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";

/** What a selector's value is compared with. */
export const selectorMethods = ["fqn", "tag", "path", "file", "output", "input"] as const;
export type SelectorMethod = (typeof selectorMethods)[number];

/** One term of dbt's grammar: `2+tag:nightly`, `@clean`, `path:sql/`. */
export interface Selector {
  /** As it was written. */
  readonly text: string;
  readonly method: SelectorMethod;
  readonly value: string;
  /** `@`: also all descendants, and all ancestors of those. */
  readonly childrensParents: boolean;
  /** How many edges of ancestors come along: 0 for none, Infinity for all. */
  readonly parents: number;
  /** How many edges of descendants come along. */
  readonly children: number;
}

/** A union of intersections of selectors. */
export type Selection = readonly (readonly Selector[])[];

// dbt's own pattern, of dbt/graph/selector_spec.py.
const grammar =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\d*)\+)?(?:(?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>\d*))?$/s;

/** Reads what one option says, blanks between its unions and commas in its intersections. Errors: USAGE_SELECTOR. */
export function parseSelection(
  option: string,
  given: readonly string[],
  errors: SparkwrightError[],
): Selection {
  const unions = given.flatMap((text) => text.split(/\s+/)).filter((text) => text !== "");
  if (given.length > 0 && unions.length === 0) {
    errors.push(selectorError(`${option} is empty`, "Name a node, or leave the option out."));
  }
  return unions.map((union) => union.split(",").flatMap((text) => parse(option, text, union, errors)));
}

function parse(option: string, text: string, union: string, errors: SparkwrightError[]): Selector[] {
  const { at, parents, parentsDepth, method, value, children, childrenDepth } =
    grammar.exec(text)?.groups ?? {};
  const fail = (message: string, hint: string): Selector[] => {
    errors.push(selectorError(message, hint));
    return [];
  };
  if (value === undefined || value === "") {
    const within = text === union ? "" : ` in "${union}"`;
    return fail(`${option}: "${text}"${within} names nothing`, "Write a node's name or, say, tag:nightly.");
  }
  if (at !== undefined && children !== undefined) {
    return fail(
      `${option}: "${text}" has both @ and a + at its end`,
      `@${value} already has all descendants: leave out the +.`,
    );
  }
  const known = method ?? defaultMethod(value);
  if (!isMethod(known)) {
    const meant = suggest(known, selectorMethods);
    const hint = `${meant === undefined ? "" : `Did you mean "${meant}:"? `}Methods: ${selectorMethods.join(", ")}.`;
    return fail(`${option}: "${text}" has the unknown method "${known}:"`, hint);
  }
  return [
    {
      text,
      method: known,
      value,
      childrensParents: at !== undefined,
      parents: depth(parents, parentsDepth),
      children: depth(children, childrenDepth),
    },
  ];
}

function depth(part: string | undefined, edges: string | undefined): number {
  if (part === undefined) return 0;
  return edges === undefined || edges === "" ? Number.POSITIVE_INFINITY : Number(edges);
}

/** As in dbt: what looks like a path or a file is one. */
function defaultMethod(value: string): SelectorMethod {
  if (value.includes("/")) return "path";
  return /\.(sql|[cm]?[jt]s)$/i.test(value) ? "file" : "fqn";
}

function isMethod(name: string): name is SelectorMethod {
  return (selectorMethods as readonly string[]).includes(name);
}

function selectorError(message: string, hint: string): SparkwrightError {
  return new SparkwrightError("USAGE_SELECTOR", message, { hint });
}
