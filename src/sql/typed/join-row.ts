import type { Column } from "../column.ts";
import type { AnyField, FieldsOf, Only, OrNull, RowOfFields, Without } from "./fields.ts";
import type { AnyName, AnyRow, IsAny, IsLiteral } from "./row-type.ts";
import type { Existing } from "./select-row.ts";

/** The row of a join of rows `R` and `S`, on names or on conditions. */
export type Joined<R, S, On, How extends string> =
  IsAny<R> extends true
    ? AnyRow
    : IsAny<S> extends true
      ? AnyRow
      : IsLiteral<Names<On>> extends true
        ? JoinedOn<R, S, Names<On>, KindOf<How>>
        : AnyRow;

/** The names that a join is on. */
type Names<On> = On extends string
  ? On
  : On extends readonly (infer E)[]
    ? E extends string
      ? E
      : never
    : never;

type Kind = "inner" | "left" | "right" | "full" | "semi";

/** How the names of joins differ in what they give; a kind that is not known letter by letter is all of them. */
type KindOf<How extends string> = How extends "inner" | "cross"
  ? "inner"
  : How extends "left" | "leftouter" | "left_outer"
    ? "left"
    : How extends "right" | "rightouter" | "right_outer"
      ? "right"
      : How extends "outer" | "full" | "fullouter" | "full_outer"
        ? "full"
        : "semi";

type JoinedOn<R, S, N extends string, K extends Kind> = [K] extends ["semi"]
  ? R
  : [K] extends ["inner"]
    ? Beside<Only<FieldsOf<R>, N>, Without<FieldsOf<R>, N>, Without<FieldsOf<S>, N>>
    : [K] extends ["left"]
      ? Beside<Only<FieldsOf<R>, N>, Without<FieldsOf<R>, N>, OrNull<Without<FieldsOf<S>, N>>>
      : [K] extends ["right"]
        ? Beside<Only<FieldsOf<S>, N>, OrNull<Without<FieldsOf<R>, N>>, Without<FieldsOf<S>, N>>
        : [K] extends ["full"]
          ? Beside<
              Only<FieldsOf<R> | FieldsOf<S>, N>,
              OrNull<Without<FieldsOf<R>, N>>,
              OrNull<Without<FieldsOf<S>, N>>
            >
          : AnyRow;

/** Of two columns of one name the row has the first. */
type Beside<K extends AnyField, A extends AnyField, B extends AnyField> = RowOfFields<
  K | A | Without<B, A["name"]>
>;

/** What a join of rows `R` and `S` can be on. */
export type TypedJoinOn<R, S> =
  | CommonName<R, S>
  | AnyName
  | readonly (CommonName<R, S> | AnyName)[]
  | Column
  | readonly Column[];

/** What the names that a join is on must be besides names: nothing, unless one side is known to lack one. */
export type OnBoth<R, S, On> = On extends readonly unknown[]
  ? { readonly [I in keyof On]: Existing<R, On[I]> & Existing<S, On[I]> }
  : On extends string
    ? Existing<R, On> & Existing<S, On>
    : unknown;

type CommonName<R, S> =
  IsAny<R> extends true ? string : IsAny<S> extends true ? string : keyof R & keyof S & string;
