import type { DatasetIdentity } from "./dataset-identity.ts";
import { followPlan } from "./follow-plan.ts";
import { type Influences, isDirect } from "./influence.ts";
import { parseExplained } from "./plan-tree.ts";
import { type RelationFacts, relationIdentity } from "./relation-identity.ts";

/** What an output is made of. */
export interface ColumnLineage {
  /** By column; one that is not understood is absent. */
  readonly fields: Readonly<Record<string, readonly InputField[]>>;
  /** What decides which rows there are. */
  readonly dataset: readonly InputField[];
  /** Everything that is read, in the order of the plan. */
  readonly inputs: readonly DatasetIdentity[];
}

/** `InputField` of OpenLineage's column lineage facet. */
export interface InputField extends DatasetIdentity {
  readonly field: string;
  readonly transformations: readonly Transformation[];
}

export interface Transformation {
  readonly type: "DIRECT" | "INDIRECT";
  readonly subtype: string;
  readonly description: string;
  readonly masking: boolean;
}

/**
 * Which columns the columns of a DataFrame are made of, read from its `explain(extended)`.
 *
 * @param columns the names of its columns; where the plan has another one, nothing is said
 */
export function columnLineage(
  explained: string,
  columns: readonly string[],
  facts: Omit<RelationFacts, "physical">,
): ColumnLineage | undefined {
  const plan = parseExplained(explained);
  if (plan === undefined) return undefined;
  const { order, columns: made, rows, relations } = followPlan(plan.analyzed);
  if (order?.length !== columns.length) return undefined;
  const identities = new Map(
    relations.map((relation) => [
      relation.key,
      relationIdentity(relation, { ...facts, physical: plan.physical }),
    ]),
  );
  const fields: Record<string, readonly InputField[]> = {};
  for (const [index, name] of columns.entries()) {
    const column = made.get(order[index] as string);
    const list = column?.influences === undefined ? undefined : inputFields(column.influences, identities);
    const isNamed = column !== undefined && (column.name === name || name.endsWith(` AS ${column.name}`));
    if (isNamed && list !== undefined) fields[name] = list;
  }
  return {
    fields,
    dataset: inputFields(rows, identities, true) ?? [],
    inputs: distinct([...identities.values()]),
  };
}

/** `undefined` when one of them is of an unknown dataset, unless these may be left out. */
function inputFields(
  influences: Influences,
  identities: ReadonlyMap<string, DatasetIdentity | undefined>,
  partly = false,
): InputField[] | undefined {
  const fields = new Map<string, InputField & { readonly transformations: Transformation[] }>();
  for (const { relation, field, kind, masking } of influences.values()) {
    const identity = identities.get(relation);
    if (identity === undefined) {
      if (partly) continue;
      return undefined;
    }
    const key = JSON.stringify([identity.namespace, identity.name, field]);
    const input = fields.get(key) ?? { ...identity, field, transformations: [] };
    fields.set(key, input);
    const type = isDirect(kind) ? "DIRECT" : "INDIRECT";
    const known = input.transformations.some((one) => one.subtype === kind && one.masking === masking);
    if (!known) input.transformations.push({ type, subtype: kind, description: "", masking });
  }
  return [...fields.values()];
}

function distinct(identities: readonly (DatasetIdentity | undefined)[]): DatasetIdentity[] {
  const known = identities.filter((identity) => identity !== undefined);
  return [...new Map(known.map((one) => [`${one.namespace} ${one.name}`, one])).values()];
}
