import type { Decimal } from "../../arrow/values/decimal.ts";
import type { LocalDate } from "../../arrow/values/local-date.ts";
import type { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import type { Timestamp } from "../../arrow/values/timestamp.ts";
import type { AnyRow, IsAny } from "./row-type.ts";

/** The type of a Column of which nothing is known. */
export type AnyValue = AnyRow;

/** The value of a column that is known by name only, until the DataFrame is known that it is used in. */
export interface Named<N extends string> {
  readonly named: N;
}

/** An aggregate of a value, by the name of its function. */
export interface Aggregated<F extends AggregateName, T> {
  readonly aggregate: F;
  readonly of: T;
}

/** A value that is NULL where another one is. */
export interface NullAs<T, V> {
  readonly nullAs: T;
  readonly value: V;
}

export type AggregateName = "sum" | "avg" | "same";

/** The type of the value of a column in a DataFrame of rows `R`; `unknown` where that cannot be told. */
export type Resolve<R, T> =
  IsAny<T> extends true
    ? unknown
    : T extends Named<infer N>
      ? N extends keyof R
        ? R[N]
        : unknown
      : T extends Aggregated<infer F, infer U>
        ? AggregateOf<F, Resolve<R, U>>
        : T extends NullAs<infer U, infer V>
          ? V | (null extends Resolve<R, U> ? null : never)
          : T;

/**
 * The value of an aggregate, which may be NULL. A `number` may be an INTEGER, whose sum is a LONG, or a DOUBLE,
 * whose sum is one.
 */
type AggregateOf<F extends AggregateName, T> = F extends "same"
  ? T | null
  : unknown extends T
    ? unknown
    : F extends "sum"
      ? SumOf<NonNullable<T>> | null
      : AverageOf<NonNullable<T>> | null;

type SumOf<T> = [T] extends [bigint]
  ? bigint
  : [T] extends [Decimal]
    ? Decimal
    : [T] extends [number]
      ? number | bigint
      : unknown;

type AverageOf<T> = [T] extends [number | bigint] ? number : [T] extends [Decimal] ? Decimal : unknown;

/** The type of a literal made of a value, as a result has it. */
export type LiteralValue<V> =
  IsAny<V> extends true
    ? AnyValue
    : V extends number
      ? LiteralNumber<V>
      : V extends Date
        ? Timestamp
        : V extends string
          ? string
          : V extends boolean
            ? boolean
            : V extends bigint
              ? bigint
              : V extends null | Decimal | LocalDate | LocalDateTime | Timestamp | Uint8Array
                ? V
                : unknown;

/** A whole number beyond 32 bits becomes a LONG. */
type LiteralNumber<V extends number> = number extends V
  ? number | bigint
  : `${V}` extends `${string}.${string}`
    ? number
    : IsShort<`${V}`> extends true
      ? number
      : number | bigint;

/** Of at most nine characters, so that it fits 32 bits. */
type IsShort<S extends string> =
  S extends `${infer _1}${infer _2}${infer _3}${infer _4}${infer _5}${infer _6}${infer _7}${infer _8}${infer _9}${infer _10}${infer _}`
    ? false
    : true;

/** What a cast to a type named in DDL gives, NULL left aside; `unknown` for types that are not looked into. */
export type CastValue<D> = D extends string ? ScalarOf<Lowercase<D>> : unknown;

type ScalarOf<D extends string> = D extends
  | "int"
  | "integer"
  | "smallint"
  | "short"
  | "tinyint"
  | "byte"
  | "double"
  | "float"
  | "real"
  ? number
  : D extends "bigint" | "long"
    ? bigint
    : D extends "string"
      ? string
      : D extends "boolean"
        ? boolean
        : D extends "decimal" | "dec" | "numeric" | `decimal(${string})`
          ? Decimal
          : D extends "date"
            ? LocalDate
            : D extends "timestamp" | "timestamp_ltz"
              ? Timestamp
              : D extends "timestamp_ntz"
                ? LocalDateTime
                : D extends "binary"
                  ? Uint8Array
                  : unknown;

/** A cast to STRING never fails; any other one may give NULL, depending on the session's settings. */
export type Cast<T, D> =
  unknown extends CastValue<D>
    ? unknown
    : D extends string
      ? Lowercase<D> extends "string"
        ? NullAs<T, string>
        : CastValue<D> | null
      : unknown;

/** The name of a column that is taken by a name, which may be qualified. */
export type NameOf<N extends string> = N extends `${string}\`${string}`
  ? AnyValue
  : N extends "*"
    ? "*"
    : N extends `${string}.${infer Rest}`
      ? NameOf<Rest>
      : N;

/** The name of a cast: that of a plain column stays. */
export type CastName<T, N extends string> =
  IsAny<T> extends true ? AnyValue : T extends Named<string> ? N : AnyValue;

/** The name that an alias gives; several names are not followed. */
export type AliasOf<A> = A extends string ? A : AnyValue;

/** The name of a column that is given by itself or by name; `string` where TypeScript cannot tell. */
export type NameIn<C> = C extends string
  ? C
  : C extends { readonly "~column"?: { readonly name: infer N } }
    ? IsAny<N> extends true
      ? string
      : N
    : string;
