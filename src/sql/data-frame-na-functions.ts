import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { knownOptions, namedValues } from "../core/named-values.ts";
import { kindName, nameList } from "./arguments.ts";
import type { DataFrame } from "./data-frame.ts";
import { literalMessage } from "./plan/literal.ts";
import type { RelationKind } from "./plan/relation.ts";
import type { AnyRow } from "./typed/row-type.ts";

/** When `drop` drops a row. */
export interface DropNaOptions {
  /** `any`: one NULL or NaN is enough; `all`: every column must be. @default "any" */
  readonly how?: "any" | "all";
  /** Keeps rows with at least so many values; goes before `how`. */
  readonly thresh?: number;
  /** The columns to look at. @default all */
  readonly subset?: string | readonly string[];
}

/** A value for all columns that can hold it, or one per column by its name. */
export type FillValue = FillScalar | Readonly<Record<string, FillScalar>>;

type FillScalar = string | number | bigint | boolean;

/**
 * Dropping, filling and replacing missing values.
 *
 * @see org.apache.spark.sql.DataFrameNaFunctions
 */
export class DataFrameNaFunctions<out R = AnyRow> {
  readonly #derive: (kind: RelationKind) => DataFrame<R>;
  readonly #input: Relation;

  constructor(derive: (kind: RelationKind) => DataFrame<R>, input: Relation) {
    this.#derive = derive;
    this.#input = input;
  }

  /** Without the rows that have NULL or NaN. */
  drop(options: DropNaOptions = {}): DataFrame<R> {
    const known = { how: true, thresh: true, subset: true } as const;
    const { how = "any", thresh, subset = [] } = knownOptions("na.drop()", options, known);
    if (how !== "any" && how !== "all") {
      throw new SparkwrightError("USAGE_NA_DROP", `how: "${String(how)}" is neither "any" nor "all"`, {
        hint: 'Use "any" or "all".',
      });
    }
    const minNonNulls = thresh ?? (how === "all" ? 1 : undefined);
    return this.#derive({
      case: "dropNa",
      value: {
        input: this.#input,
        cols: nameList("na.drop", subset),
        ...(minNonNulls === undefined ? {} : { minNonNulls }),
      },
    });
  }

  /** With a value for NULL (and NaN in numeric columns): one for all columns that can hold it, or one per column. */
  fill(value: FillValue, subset: string | readonly string[] = []): DataFrame<R> {
    const columns = nameList("fill", subset);
    const perColumn = typeof value === "object" && value !== null;
    if (perColumn) namedValues("fill()", value);
    if (perColumn && Object.keys(value).length === 0) {
      throw new SparkwrightError("USAGE_NA_FILL", "fill() was given no column", {
        hint: "Pass a value, or an object of column name to value.",
      });
    }
    return this.#derive({
      case: "fillNa",
      value: {
        input: this.#input,
        cols: perColumn ? Object.keys(value) : columns,
        values: perColumn ? Object.values(value).map(fillable) : [fillable(value)],
      },
    });
  }

  /**
   * With values replaced, given as a Map or as pairs of old and new; in some columns or in all. All are numbers, all
   * strings or all booleans; a new one may be null. Thrown when they are mixed, an old one is null (see `fill`), or a
   * bigint is beyond 2^53, since Spark compares and replaces numbers as doubles.
   */
  replace(
    replacements: Iterable<readonly [unknown, unknown]>,
    subset: string | readonly string[] = [],
  ): DataFrame<R> {
    const pairs = pairsOf(replacements);
    const given = pairs.flatMap(([old, value]) => (value === null ? [old] : [old, value]));
    const kinds = new Set(given.map(kindOf));
    if (kinds.size > 1) {
      throw new SparkwrightError(
        "USAGE_NA_REPLACE",
        `replace() was given ${[...kinds].join(" and ")} values`,
        {
          hint: "Call replace() once for numbers, once for strings, once for booleans.",
        },
      );
    }
    return this.#derive({
      case: "replace",
      value: {
        input: this.#input,
        cols: nameList("replace", subset),
        replacements: pairs.map(([oldValue, newValue]) => ({
          oldValue: replaceable(oldValue),
          newValue: replaceable(newValue),
        })),
      },
    });
  }
}

function pairsOf(replacements: Iterable<readonly [unknown, unknown]>): (readonly [unknown, unknown])[] {
  const given: unknown = replacements;
  const pairs: unknown =
    typeof given === "object" && given !== null && Symbol.iterator in given ? [...replacements] : [];
  const all = pairs as unknown[];
  if (all.length > 0 && all.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    return all as (readonly [unknown, unknown])[];
  }
  throw new SparkwrightError(
    "USAGE_NA_REPLACE",
    `replace() was given ${kindName(given)}, not pairs of old and new`,
    {
      hint: "Pass a Map, or pairs: replace([[1, 2]]).",
    },
  );
}

/** Spark fills with LONG, DOUBLE, STRING and BOOLEAN only, and casts to the type of the column. */
function fillable(value: unknown): ReturnType<typeof literalMessage> {
  if (value === null) throw unusable("fill", value);
  kindOf(value);
  const message = literalMessage(value);
  if (message.literalType.case === "integer") {
    message.literalType = { case: "long", value: BigInt(message.literalType.value) };
  }
  return message;
}

/** Spark replaces doubles, strings and booleans only; it compares every number as a double. */
function replaceable(value: unknown): ReturnType<typeof literalMessage> {
  if (typeof value === "bigint" && !Number.isSafeInteger(Number(value))) {
    throw new SparkwrightError(
      "USAGE_INEXACT_VALUE",
      `replace(): ${value} is beyond 2^53, where doubles are not exact`,
      {
        hint: `Spark replaces numbers as doubles: use when(col(name).eq(${value}n), value).otherwise(col(name)).`,
      },
    );
  }
  const message = literalMessage(value);
  if (typeof value === "number") message.literalType = { case: "double", value };
  return message;
}

function kindOf(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return typeof value;
    case "number":
    case "bigint":
      return "number";
    default:
      throw unusable("fill or replace", value);
  }
}

function unusable(method: string, value: unknown): SparkwrightError {
  return new SparkwrightError(
    "USAGE_NA_VALUE",
    `Spark cannot ${method} with ${value === null ? "NULL" : `a ${typeof value}`}`,
    {
      hint: "Use a string, a number, a bigint or a boolean; coalesce() and when() take every type.",
    },
  );
}
