import type { Relation } from "../../../../gen/spark/connect/relations_pb.ts";
import { bottomUp, inputsOf } from "../message-tree.ts";
import { type Columns, noColumns } from "./columns.ts";
import { type Origin, together } from "./origin.ts";
import { relationColumns } from "./relation-columns.ts";

/** A column of a result, and the columns it is made of. */
export interface ColumnLineage extends Origin {
  /** An expression without an alias goes by its text, which is not always the name that Spark gives it. */
  readonly name: string;
}

/** Columns that a result takes over from what it reads, which of them only the server knows. */
export interface PassedColumns {
  /** What they are read from; of several, as after a union by name, a column comes from each. */
  readonly sources: readonly string[];
  /** Names, in lower case, that are not among them: dropped, renamed, or listed by themselves. */
  readonly except: readonly string[];
  /** What every one of them went through. */
  readonly operations: readonly string[];
}

/** Which columns the columns of a result are made of, as far as its plan alone can tell. */
export interface PlanLineage {
  /** The columns that the plan names. */
  readonly columns: readonly ColumnLineage[];
  /** Other columns, taken over from what is read under their own names. */
  readonly passed: readonly PassedColumns[];
  /** Why there may be still other columns, such as SQL text; empty when there are none. */
  readonly unknown: readonly string[];
  /** The columns that decide which rows there are, and in which order. */
  readonly rows: Origin;
}

/** The lineage of a plan, computed without asking the server. */
export function planLineage(root: Relation): PlanLineage {
  const { named, open, unknown, rows } = planColumns(root);
  return {
    columns: named.map(({ name, sources, unknown: reasons }) => ({ name, sources, unknown: reasons })),
    passed: open.map(({ sources, except, operations }) => ({
      sources,
      except: [...except].sort(),
      operations,
    })),
    unknown: [...new Set(unknown)],
    rows,
  };
}

function planColumns(root: Relation): Columns {
  const known = new Map<Relation, Columns>();
  const byId = new Map<bigint, Columns>();
  bottomUp(
    root,
    // The last one first: what a WithRelations refers to is needed for its root.
    (of) => inputsOf(of).reverse(),
    (of) => known.has(of),
    (of, inputs) => {
      const columns = inputs.toReversed().map((input) => known.get(input) ?? noColumns);
      const made = relationColumns(of, {
        inputs: columns,
        input: beside(columns),
        byPlanId: (planId) => byId.get(planId),
      });
      known.set(of, made);
      if (of.common?.planId !== undefined) byId.set(of.common.planId, made);
    },
  );
  return known.get(root) ?? noColumns;
}

function beside(inputs: readonly Columns[]): Columns {
  const [first] = inputs;
  if (first !== undefined && inputs.length === 1) return first;
  return {
    named: inputs.flatMap((one) => one.named),
    open: inputs.flatMap((one) => one.open),
    unknown: inputs.flatMap((one) => one.unknown),
    rows: together(inputs.map((one) => one.rows)),
  };
}
