import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";

/** Makes the relation of its final expressions, out of one whose inputs are complete. */
export type Completion = (of: Relation) => Promise<Relation>;

const completions: WeakMap<Relation, Completion> = new WeakMap();

/**
 * Notes that some expressions of a relation depend on the columns of its input, which the server is asked for when a
 * plan with it is sent. Until then the relation holds placeholders.
 */
export function completeLater(plan: Relation, complete: Completion): void {
  completions.set(rootOf(plan), complete);
}

/** How a relation is completed; undefined where it is complete. */
export function completionOf(of: Relation): Completion | undefined {
  return completions.get(of);
}

/** A relation without the plans of its subqueries around it. */
export function rootOf(plan: Relation): Relation {
  return plan.relType.case === "withRelations" ? (plan.relType.value.root ?? plan) : plan;
}
