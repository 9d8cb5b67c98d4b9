import { indirect, influencesOf, none } from "./influence.ts";
import { nodeColumns, type VisitedNode } from "./node-columns.ts";
import { beside, type PlanColumns, unknown } from "./plan-columns.ts";
import type { Scope, Subquery } from "./plan-expression.ts";
import { type PlanRelation, parseAttributes, parseRelation } from "./plan-relation.ts";
import type { PlanNode } from "./plan-tree.ts";
import { bracketed } from "./split-list.ts";

export interface FollowedPlan extends PlanColumns {
  readonly relations: readonly PlanRelation[];
}

/** Follows every column of an analyzed plan down to the relations that it is read from. */
export function followPlan(plan: PlanNode): FollowedPlan {
  const walk = new Walk();
  return { ...walk.visit(plan, undefined), relations: walk.relations };
}

class Walk {
  readonly relations: PlanRelation[] = [];
  readonly #definitions = new Map<string, PlanColumns>();

  visit(node: PlanNode, outer: Scope | undefined): PlanColumns {
    const inputs = node.children.map((child) => this.visit(child, outer));
    const input = beside(inputs);
    const scope: Scope = { columns: input.columns, outer };
    const nested = node.subqueries.map((plan) => this.visit(plan, scope));
    const name = /^\w+/.exec(node.text)?.[0] ?? "";
    const rest = node.text.slice(name.length).trimStart();
    const context = { scope, subqueries: nested.map(asSubquery) };
    const visited: VisitedNode = { text: node.text, rest, inputs, input, context, nested };
    switch (name) {
      case "Relation":
      case "RelationV2":
      case "StreamingRelation":
      case "StreamingRelationV2":
        return this.#relation(node.text);
      case "CTERelationDef":
        this.#definitions.set(/^\d+/.exec(rest)?.[0] ?? "", input);
        return input;
      case "CTERelationRef":
        return this.#reference(rest);
      case "WithCTE":
        return inputs.at(-1) ?? unknown;
      default:
        return (nodeColumns[name] ?? (() => unknown))(visited);
    }
  }

  #relation(text: string): PlanColumns {
    const relation = parseRelation(text, String(this.relations.length));
    if (relation === undefined) return unknown;
    this.relations.push(relation);
    const { key, attributes } = relation;
    const columns = attributes.map(({ name: field, id }) => {
      const own = influencesOf([{ relation: key, field, kind: "IDENTITY", masking: false }]);
      return [id, { name: field, influences: own }] as const;
    });
    return { order: attributes.map(({ id }) => id), columns: new Map(columns), rows: none };
  }

  /** What a common table expression was defined as, under ids of its own. */
  #reference(rest: string): PlanColumns {
    const definition = this.#definitions.get(/^\d+/.exec(rest)?.[0] ?? "");
    const [list] = bracketed(rest.slice(Math.max(0, rest.indexOf("[")))) ?? [];
    const attributes = list === undefined ? undefined : parseAttributes(list, ", ");
    return definition === undefined || attributes === undefined ? unknown : renamed(definition, attributes);
  }
}

function renamed(
  definition: PlanColumns,
  attributes: readonly { readonly name: string; readonly id: string }[],
): PlanColumns {
  const { order, columns } = definition;
  const made = attributes.map(({ name, id }, index) => {
    const from = order?.length === attributes.length ? columns.get(order[index] as string) : undefined;
    return [id, { name, influences: from?.influences }] as const;
  });
  return { order: attributes.map(({ id }) => id), columns: new Map(made), rows: definition.rows };
}

function asSubquery({ order, columns, rows }: PlanColumns): Subquery {
  const [first] = order ?? [];
  return {
    value: first === undefined ? undefined : columns.get(first)?.influences,
    rows: indirect(rows, "FILTER"),
  };
}
