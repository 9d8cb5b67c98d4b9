import type { Column } from "../column.ts";
import type { Named, Resolve } from "./column-type.ts";
import type { Field, FieldsOf, RowOfFields } from "./fields.ts";
import type { AnyName, AnyRow, ColumnName, IsAny, IsLiteral } from "./row-type.ts";

/** A column for `select` and its like: one of the DataFrame by its name, or an expression. */
export type Choice<R> = Column | ColumnName<R> | AnyName;

/** The row that a list of columns makes; unknown where one of them has no name that TypeScript can tell. */
export type Selected<R, C extends readonly unknown[]> =
  IsAny<R> extends true
    ? AnyRow
    : IsLiteral<Entry<R, C[number]>["name"]> extends true
      ? RowOfFields<Entry<R, C[number]>>
      : AnyRow;

type Entry<R, E> = E extends string
  ? StringEntry<R, E>
  : E extends Column<infer T, infer N>
    ? IsAny<N> extends true
      ? Field<string, unknown>
      : N extends "*"
        ? FieldsOf<R>
        : Field<N & string, Resolve<R, T>>
    : Field<string, unknown>;

type StringEntry<R, E extends string> = E extends "*"
  ? FieldsOf<R>
  : E extends keyof R
    ? Field<E, R[E]>
    : Field<string, unknown>;

/** The value that a column has in a DataFrame. */
export type ValueIn<R, C> = C extends Column<infer T, string> ? Resolve<R, T> : unknown;

/** The values that columns have in a DataFrame, by their names. */
export type ValuesIn<R, C> = { [K in keyof C]: ValueIn<R, C[K]> };

/**
 * What an argument must be besides a column: nothing, unless it is known to be missing in the DataFrame. Then it does
 * not fit, and the error tells the name.
 */
export type Existing<R, C> =
  IsAny<R> extends true
    ? unknown
    : C extends string
      ? IfMissing<MissingName<R, C>>
      : C extends Column<infer T, string>
        ? IsAny<T> extends true
          ? unknown
          : [T] extends [Named<infer N>]
            ? IfMissing<MissingName<R, N>>
            : unknown
        : unknown;

type MissingName<R, N extends string> = string extends N ? never : Exclude<N, ColumnName<R>>;

type IfMissing<N extends string> = [N] extends [never] ? unknown : UnknownColumn<N>;

/** The message of an error at compile time: the DataFrame has no column of that name. */
export interface UnknownColumn<N extends string> {
  readonly "there is no column": N;
}

/** A list of columns without one that is missing. */
export type AllExisting<R, C extends readonly unknown[]> = { readonly [I in keyof C]: Existing<R, C[I]> };
