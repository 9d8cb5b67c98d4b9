import type { Aggregated, AggregateName, Resolve } from "./column-type.ts";
import type { AnyField, Field, FieldsOf, OrNull, RowOfFields, Without } from "./fields.ts";
import type { AnyRow, IsAny, IsLiteral } from "./row-type.ts";

/** The row of groups: its keys, then the aggregates. */
export type Grouped<Keys, Aggregates> =
  IsAny<Keys> extends true
    ? AnyRow
    : IsAny<Aggregates> extends true
      ? AnyRow
      : GroupedFields<FieldsOf<Keys>, FieldsOf<Aggregates>>;

type GroupedFields<K extends AnyField, A extends AnyField> = RowOfFields<Without<K, A["name"]> | A>;

/** The row of groups with one aggregate of some columns, named as Spark does: `sum(delay)`. */
export type GroupedEach<R, Keys, F extends string, A extends AggregateName, N extends string> =
  IsAny<R> extends true
    ? AnyRow
    : IsAny<Keys> extends true
      ? AnyRow
      : [N] extends [never]
        ? AnyRow
        : IsLiteral<N> extends true
          ? GroupedFields<FieldsOf<Keys>, AggregateField<R, F, A, N>>
          : AnyRow;

type AggregateField<R, F extends string, A extends AggregateName, N extends string> = N extends keyof R
  ? Field<`${F}(${N})`, Resolve<R, Aggregated<A, R[N]>>>
  : never;

/** Keys of groups with subtotals, which are NULL in the rows of these. */
export type SomeKeys<Keys> = IsAny<Keys> extends true ? AnyRow : RowOfFields<OrNull<FieldsOf<Keys>>>;
