import type { Field, FieldsOf, RowOfFields, Without } from "./fields.ts";
import type { AnyRow, IsAny, IsLiteral } from "./row-type.ts";

/** With a column more, or in the place of one of that name. */
export type WithColumn<R, N extends string, T> =
  IsAny<R> extends true
    ? AnyRow
    : IsLiteral<N> extends true
      ? RowOfFields<Without<FieldsOf<R>, N> | Field<N, T>>
      : AnyRow;

/** With several columns more, or in the place of those of their names. */
export type WithColumns<R, C> =
  IsAny<R> extends true
    ? AnyRow
    : string extends keyof C
      ? AnyRow
      : RowOfFields<Without<FieldsOf<R>, keyof C> | FieldsOf<C>>;

/** With a column under another name. */
export type Renamed<R, From extends string, To extends string> =
  IsAny<R> extends true
    ? AnyRow
    : IsLiteral<From> extends true
      ? IsLiteral<To> extends true
        ? RowOfFields<RenamedField<FieldsOf<R>, { [K in From]: To }>>
        : AnyRow
      : AnyRow;

/** With columns under other names, given as old to new. */
export type RenamedAll<R, M extends Readonly<Record<string, string>>> =
  IsAny<R> extends true
    ? AnyRow
    : string extends keyof M | M[keyof M]
      ? AnyRow
      : RowOfFields<RenamedField<FieldsOf<R>, M>>;

type RenamedField<F, M> =
  F extends Field<infer N, infer T> ? Field<N extends keyof M ? M[N] & string : N, T> : never;

/** Without some columns. */
export type Dropped<R, N extends string> =
  IsAny<R> extends true ? AnyRow : IsLiteral<N> extends true ? RowOfFields<Without<FieldsOf<R>, N>> : AnyRow;

/** The rows of two DataFrames below each other; of different columns only the names are known. */
export type Union<R, S> =
  IsAny<R> extends true
    ? AnyRow
    : IsAny<S> extends true
      ? AnyRow
      : [keyof R, keyof S] extends [keyof S, keyof R]
        ? RowOfFields<FieldsOf<R> | FieldsOf<S>>
        : { [K in keyof R]: unknown };

/** The rows of two DataFrames below each other, column by column of their names; one that is missing is NULL. */
export type UnionByName<R, S> =
  IsAny<R> extends true
    ? AnyRow
    : IsAny<S> extends true
      ? AnyRow
      : RowOfFields<
          | FieldsOf<R>
          | FieldsOf<S>
          | Field<Exclude<keyof R, keyof S>, null>
          | Field<Exclude<keyof S, keyof R>, null>
        >;
