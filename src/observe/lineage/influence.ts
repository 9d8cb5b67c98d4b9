/** A column of something that was read. */
export interface SourceColumn {
  /** Of the relation in the plan. */
  readonly relation: string;
  readonly field: string;
}

export type DirectKind = "IDENTITY" | "TRANSFORMATION" | "AGGREGATION";
export type IndirectKind = "JOIN" | "FILTER" | "GROUP_BY" | "SORT" | "WINDOW" | "CONDITIONAL";

/** How one column that was read has a part in what was made: one transformation of OpenLineage. */
export interface Influence extends SourceColumn {
  readonly kind: DirectKind | IndirectKind;
  /** Whether nothing of the value can be seen in the result: counted or hashed. */
  readonly masking: boolean;
}

/** A set of influences, by their own text. */
export type Influences = ReadonlyMap<string, Influence>;

export const none: Influences = new Map();

const strength: Readonly<Record<DirectKind, number>> = { IDENTITY: 0, TRANSFORMATION: 1, AGGREGATION: 2 };

export function isDirect(kind: Influence["kind"]): kind is DirectKind {
  return kind in strength;
}

export function influencesOf(list: Iterable<Influence>): Influences {
  return new Map([...list].map((one) => [`${one.kind} ${one.masking} ${one.relation} ${one.field}`, one]));
}

export function union(...sets: readonly Influences[]): Influences {
  return new Map(sets.flatMap((set) => [...set]));
}

/** What becomes of them in a further step: a value that was once aggregated stays so, also when it is copied. */
export function derived(set: Influences, kind: DirectKind, masking = false): Influences {
  return influencesOf(
    [...set.values()].map((one) =>
      isDirect(one.kind)
        ? {
            ...one,
            kind: strength[one.kind] > strength[kind] ? one.kind : kind,
            masking: one.masking || masking,
          }
        : one,
    ),
  );
}

/** The same columns, but only as what decides about rows. */
export function indirect(set: Influences, kind: IndirectKind): Influences {
  return influencesOf([...set.values()].map((one) => ({ ...one, kind, masking: false })));
}
