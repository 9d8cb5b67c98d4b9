import type { Row } from "../../arrow/row.ts";

/**
 * The row type of a DataFrame whose columns TypeScript does not know. It is `any`, so that such a DataFrame and one
 * of known columns can stand for each other; its rows are of type `Row`, whose values are `unknown`.
 */
// biome-ignore lint/suspicious/noExplicitAny: no other type is assignable both ways.
export type AnyRow = any;

/** Whether nothing is known of the columns. */
export type IsAny<R> = 0 extends 1 & R ? true : false;

/** What the rows of a DataFrame look like in a result. */
export type RowOf<R> = IsAny<R> extends true ? Row : R;

/**
 * A name that `select` and its like take: a column, all of them, or one with dots or backquotes, such as `a.id` of
 * an alias or a field of a struct, which TypeScript does not look into.
 */
export type ColumnName<R> = IsAny<R> extends true ? string : (keyof R & string) | QualifiedName;

type QualifiedName = "*" | `${string}.${string}` | `\`${string}`;

/**
 * A name that TypeScript does not know letter by letter. It fits every name, unlike `string`, for which an editor
 * would not offer the names that there are.
 */
export type AnyName = string & Record<never, never>;

/** A name of a column and nothing else; any name where the columns are not known. */
export type KeyName<R> = IsAny<R> extends true ? string : keyof R & string;

/** Whether a name is known letter by letter. */
export type IsLiteral<N> = string extends N ? false : true;
