import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { subqueryPlans } from "./subquery.ts";

export type RelationKind = NonNullable<MessageInitShape<typeof RelationSchema>["relType"]>;

let lastPlanId = 0n;

/**
 * A relation message of one kind with a plan id of its own, by which columns refer to it. Where its expressions
 * have subqueries, it is the root of a `withRelations` that brings their plans along.
 */
export function relation(relType: RelationKind): Relation {
  const made = withPlanId(relType);
  const references = subqueryPlans(relType.value ?? {});
  return references.length === 0
    ? made
    : withPlanId({ case: "withRelations", value: { root: made, references: [...references] } });
}

function withPlanId(relType: RelationKind): Relation {
  lastPlanId += 1n;
  return create(RelationSchema, { common: { planId: lastPlanId }, relType });
}

/** A relation in the place of another: under its id, and from where the user made it. */
export function relationInstead(of: Relation, relType: RelationKind): Relation {
  const made = create(RelationSchema, { relType });
  if (of.common !== undefined) made.common = of.common;
  return made;
}

/** The id by which columns refer to a relation. */
export function planIdOf(of: Relation): bigint | undefined {
  return of.common?.planId;
}

/** An int32 that is not negative, for counts of rows and partitions. Thrown when the number is not one. */
export function rowCount(method: string, value: number, least = 0): number {
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
  throw new SparkwrightError(
    "USAGE_OUT_OF_RANGE",
    `${method}(${String(value)}): not a whole number from ${least} to 2147483647`,
    {
      hint: `Pass a whole number of at least ${least}.`,
    },
  );
}
