/**
 * One column of a row. Rows are changed as unions of these and put together again at once, so that the type after an
 * operation does not hold on to the one before it: TypeScript gives up on types that are nested some 90 deep.
 */
export interface Field<N extends PropertyKey, T> {
  readonly name: N;
  readonly value: T;
}

export type AnyField = Field<PropertyKey, unknown>;

/** The columns of a row. */
export type FieldsOf<R> = { [K in keyof R]-?: Field<K, R[K]> }[keyof R];

/** The row of columns; of several with one name the value is of either type. */
export type RowOfFields<F extends AnyField> = { [E in F as E["name"]]: E["value"] };

/** The columns without those of some names. */
export type Without<F, N extends PropertyKey> = F extends Field<N, unknown> ? never : F;

/** The columns of some names. */
export type Only<F, N extends PropertyKey> = F extends Field<N, unknown> ? F : never;

/** The columns, each of which may be NULL. */
export type OrNull<F> = F extends Field<infer N, infer T> ? Field<N, T | null> : never;
