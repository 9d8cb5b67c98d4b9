import { type DirectKind, derived, type Influences, indirect, none, union } from "./influence.ts";
import { closingBracket } from "./split-list.ts";

/** The columns that an expression can name, by their ids. */
export interface Scope {
  readonly columns: ReadonlyMap<string, ScopedColumn>;
  /** Of the query around a subquery. */
  readonly outer?: Scope | undefined;
}

export interface ScopedColumn {
  readonly name: string;
  /** `undefined` when it is not known what it is made of. */
  readonly influences: Influences | undefined;
}

/** What a subquery gives to the expression that it stands in. */
export interface Subquery {
  readonly value: Influences | undefined;
  readonly rows: Influences;
}

export interface ExpressionContext {
  readonly scope: Scope;
  /** In the order in which they stand in the text. */
  readonly subqueries?: readonly Subquery[] | undefined;
  /** The kind of a column that stands at `index`, unless it is the whole expression. */
  readonly kindAt?: (index: number, id: string) => DirectKind;
}

/**
 * What the value of an expression is made of, as Spark prints it: `(id#1L + cast(n#2 as bigint))`; `undefined` when
 * something in it is not understood.
 */
export function expressionInfluences(text: string, context: ExpressionContext): Influences | undefined {
  const { scope, subqueries = [], kindAt = () => "TRANSFORMATION" } = context;
  const found: Influences[] = [];
  const inside = subqueryRanges(text);
  if (inside.length !== subqueries.length) return undefined;
  for (const [index, { at, kind }] of inside.entries()) {
    const { value, rows } = subqueries[index] as Subquery;
    if (value === undefined) return undefined;
    const whole = at === 0 && inside[0]?.end === text.length;
    found.push(kind === "exists" ? none : derived(value, whole ? "IDENTITY" : "TRANSFORMATION"), rows);
  }
  for (const reference of text.matchAll(/#(\d+)L?/g)) {
    const { index } = reference;
    const id = reference[1] as string;
    const before = text.slice(0, index);
    const correlated = inside.some(({ at, end }) => index > at && index < end);
    const column = named(scope, id, before);
    if (column !== undefined) {
      if (column.influences === undefined) return undefined;
      const whole = before === column.name && index + reference[0].length === text.length;
      found.push(
        correlated
          ? indirect(column.influences, "FILTER")
          : use(text, index, column.influences, whole ? "IDENTITY" : kindAt(index, id)),
      );
      continue;
    }
    const outer = before.includes("outer(") ? named(scope.outer, id, before) : undefined;
    if (outer !== undefined) {
      if (outer.influences === undefined) return undefined;
      found.push(indirect(outer.influences, "FILTER"));
    } else if (!correlated && !isNoColumn(before)) return undefined;
  }
  return union(...found);
}

function named(scope: Scope | undefined, id: string, before: string): ScopedColumn | undefined {
  const column = scope?.columns.get(id);
  return column !== undefined && before.endsWith(column.name) ? column : undefined;
}

function use(text: string, index: number, influences: Influences, kind: DirectKind): Influences {
  const calls = callsAround(text, index);
  const decides = calls.some((name) => name === "if " || name === "FILTER ");
  if (decides || inCondition(text.slice(0, index))) return indirect(influences, "CONDITIONAL");
  return derived(
    influences,
    kind,
    calls.some((name) => maskingFunctions.has(name)),
  );
}

/** Whose `#id` is none of a column: a variable of a lambda, the result of a function in Python, a subquery. */
function isNoColumn(before: string): boolean {
  return /(?:\blambda [^#]+|\)|\b(?:scalar-subquery|exists|list|lateral-subquery|listquery))$/.test(before);
}

const maskingFunctions: ReadonlySet<string> = new Set([
  "count",
  "crc32",
  "hash",
  "mask",
  "md5",
  "sha",
  "sha1",
  "sha2",
  "xxhash64",
]);

interface SubqueryRange {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
}

/** Where subqueries stand: `scalar-subquery#7 [outer columns]`. */
export function subqueryRanges(text: string): SubqueryRange[] {
  return [...text.matchAll(/(?<![\w-])(scalar-subquery|exists|list|lateral-subquery)#\d+ \[/g)].map(
    (match) => {
      const close = closingBracket(text, match.index + match[0].length - 1);
      return {
        kind: match[1] as string,
        at: match.index,
        end: close === -1 ? text.length : close + 1,
      };
    },
  );
}

/**
 * What stands before the brackets around the place `index`, the outermost first: names of functions, `if ` and
 * `FILTER ` with a blank.
 */
export function callsAround(text: string, index: number): readonly string[] {
  const open: string[] = [];
  for (let at = 0; at < index; at += 1) {
    if (text[at] === "(") open.push(/(?:\bif |\bFILTER |\w*)$/.exec(text.slice(0, at))?.[0] ?? "");
    else if (text[at] === ")") open.pop();
  }
  return open;
}

/** Whether what follows `before` lies between a WHEN and its THEN. */
function inCondition(before: string): boolean {
  const open: string[] = [];
  for (const [word] of before.matchAll(/\b(?:CASE|WHEN|THEN|ELSE|END)\b/g)) {
    if (word === "CASE") open.push(word);
    else if (word === "END") open.pop();
    else if (open.length > 0) open[open.length - 1] = word;
  }
  return open.includes("WHEN");
}
