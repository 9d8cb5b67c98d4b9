import type { Column } from "../column.ts";
import type { Aggregated, AggregateName, AnyValue, Named } from "./column-type.ts";

/** The column that an aggregate function `F` makes of a column given by itself or by name. */
export type Aggregate<F extends string, A extends AggregateName, C> = Column<
  Aggregated<A, ValueOf<C>>,
  CallName<F, C>
>;

/** The name of `count`, which counts rows under a name of its own. */
export type CountName<C> = C extends "*" ? "count(1)" : CallName<"count", C>;

/** The value of a column that is given by itself or by name. */
type ValueOf<C> = C extends string ? Named<C> : C extends Column<infer T, string> ? T : AnyValue;

/** The name that Spark gives to the call of a function, where the argument is a plain column. */
type CallName<F extends string, C> = C extends string
  ? PlainName<F, C>
  : C extends Column<Named<infer N>, infer M>
    ? [M, N] extends [N, M]
      ? PlainName<F, N>
      : AnyValue
    : AnyValue;

type PlainName<F extends string, N extends string> = string extends N
  ? AnyValue
  : N extends `${string}${"." | "\`" | "*"}${string}`
    ? AnyValue
    : `${F}(${N})`;
