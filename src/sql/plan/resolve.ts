import { randomUUID } from "node:crypto";
import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { expectationOf } from "../typed/expected-schema.ts";
import { bindNames } from "./bind-names.ts";
import { flatten } from "./flatten.ts";
import { completionOf } from "./late-columns.ts";
import { messageDepth } from "./message-depth.ts";
import { bottomUp, inputsOf, withChildren } from "./message-tree.ts";
import { relation, relationInstead } from "./relation.ts";

/** What a plan holds that must be looked after when it is sent. */
interface PlanFacts {
  /** Some SQL text in it has relations bound by name. */
  readonly bindsNames: boolean;
  /** The relations in it that observe metrics. */
  readonly observed: readonly Relation[];
  /** The relations in it of which a schema is expected. */
  readonly expecting: readonly Relation[];
  /** Some relation in it is completed when it is sent. */
  readonly isLate: boolean;
  /** How many relations lie one over another. */
  readonly depth: number;
  /** How many `withColumns` lie directly one over another, here, and where it is most. */
  readonly stack: number;
  readonly longestStack: number;
}

/** A server parses 1,024 messages in one another (grpc.marshallerRecursionLimit); some are around the plan. */
const maxDepth = 1_000;
/** From so many `withColumns` one over another on they are put together: a server takes 20 ms or more for each. */
const longStack = 32;

const leaf: PlanFacts = {
  bindsNames: false,
  observed: [],
  expecting: [],
  isLate: false,
  depth: 0,
  stack: 0,
  longestStack: 0,
};
const known: WeakMap<Relation, PlanFacts> = new WeakMap();

/**
 * The plan as it is sent, once: the one place for what must be done to a plan before the server sees it.
 *
 * A server executes SQL with references by creating a temporary view per reference and dropping it afterwards.
 * Views belong to the session, so two requests at once with the same alias see each other's relations, and a
 * view of the user by that name is lost. So every request gets view names of its own, and the SQL text a WITH
 * that gives them the names its author used. Seen on 4.2.0 without it: of 200 concurrent pairs, 53 had wrong
 * rows and 43 failed.
 *
 * A plan that is deeper than a server can parse is made flatter where that changes nothing (`flatten`); so is a
 * long stack of `withColumns`, each of which would cost a server time.
 *
 * Thrown when the plan is still too deep: `SPARK_PLAN_TOO_DEEP`.
 */
export function resolvePlan(root: Relation): Relation {
  const { bindsNames, longestStack } = factsOf(root);
  const plan = messageDepth(root) > maxDepth || longestStack >= longStack ? flattened(root) : root;
  return bindsNames ? new Resolver().resolve(plan) : plan;
}

/** Whether the plan needs {@link completePlan} before it can be resolved. */
export function isLate(root: Relation): boolean {
  return factsOf(root).isLate;
}

const completePlans: WeakMap<Relation, Promise<Relation>> = new WeakMap();

/** The plan with the expressions that depend on columns which only the server knows. */
export async function completePlan(root: Relation): Promise<Relation> {
  if (!isLate(root)) return root;
  let complete = completePlans.get(root);
  if (complete === undefined) {
    complete = completed(root).catch((error: unknown) => {
      // The server could not tell; it is asked again.
      completePlans.delete(root);
      throw error;
    });
    completePlans.set(root, complete);
  }
  return await complete;
}

async function completed(of: Relation): Promise<Relation> {
  const inputs = new Map<Relation, Relation>();
  for (const input of inputsOf(of)) inputs.set(input, await completePlan(input));
  const whole = withInputs(of, inputs);
  return (await completionOf(of)?.(whole)) ?? whole;
}

function withInputs(of: Relation, inputs: ReadonlyMap<Relation, Relation>): Relation {
  const { value } = of.relType;
  return value === undefined ? of : withChildren(of, new Map([[value, withChildren(value, inputs)]]));
}

const flatPlans: WeakMap<Relation, Relation> = new WeakMap();

function flattened(root: Relation): Relation {
  const before = flatPlans.get(root);
  if (before !== undefined) return before;
  const plan = flatten(root, { unions: messageDepth(root) > maxDepth, maxDepth });
  if (plan === undefined) throw tooDeep(root);
  flatPlans.set(root, plan);
  return plan;
}

function tooDeep(root: Relation): SparkwrightError {
  const { depth } = factsOf(root);
  const nested = messageDepth(root);
  const operations = depth * 2 > nested / 2;
  return new SparkwrightError(
    "SPARK_PLAN_TOO_DEEP",
    operations
      ? `the plan has ${depth} operations one over another; Spark Connect takes about ${maxDepth / 2}`
      : `an expression of the plan nests about ${nested - depth * 2} messages; Spark Connect takes ${maxDepth} in all`,
    {
      hint: operations
        ? "Use one withColumns() or select() for many columns, or write the rows and read them again."
        : "Compute parts of it in columns of their own, or use an array function such as aggregate().",
    },
  );
}

/** The relations of a plan that observe metrics. */
export function observedRelations(root: Relation): readonly Relation[] {
  return factsOf(root).observed;
}

/** What must hold before a plan may run: each is a check that rejects when it does not. */
export function expectations(root: Relation): readonly (() => Promise<void>)[] {
  return factsOf(root).expecting.flatMap((of) => expectationOf(of) ?? []);
}

function factsOf(root: Relation): PlanFacts {
  bottomUp(
    root,
    inputsOf,
    (of) => known.has(of),
    (of, inputs) => known.set(of, combine(of, inputs)),
  );
  return known.get(root) ?? leaf;
}

function combine(of: Relation, inputs: readonly Relation[]): PlanFacts {
  let bindsNames = of.relType.case === "withRelations" && of.relType.value.root?.relType.case === "sql";
  let isLate = completionOf(of) !== undefined;
  let depth = 0;
  let stack = 0;
  let longestStack = 0;
  const observed = new Set<Relation>(of.relType.case === "collectMetrics" ? [of] : []);
  const expecting = new Set<Relation>(expectationOf(of) === undefined ? [] : [of]);
  for (const input of inputs) {
    const facts = known.get(input) ?? leaf;
    bindsNames ||= facts.bindsNames;
    isLate ||= facts.isLate;
    depth = Math.max(depth, facts.depth);
    stack = Math.max(stack, facts.stack);
    longestStack = Math.max(longestStack, facts.longestStack);
    for (const one of facts.observed) observed.add(one);
    for (const one of facts.expecting) expecting.add(one);
  }
  stack = of.relType.case === "withColumns" ? stack + 1 : 0;
  return {
    bindsNames,
    observed: observed.size === 0 ? leaf.observed : [...observed],
    expecting: expecting.size === 0 ? leaf.expecting : [...expecting],
    isLate,
    depth: depth + 1,
    stack,
    longestStack: Math.max(longestStack, stack),
  };
}

class Resolver {
  readonly #done = new Map<Relation, Relation>();

  resolve(of: Relation): Relation {
    if (!factsOf(of).bindsNames) return of;
    const before = this.#done.get(of);
    if (before !== undefined) return before;
    const inputs = new Map(inputsOf(of).map((input) => [input, this.resolve(input)]));
    const resolved = bound(withInputs(of, inputs));
    this.#done.set(of, resolved);
    return resolved;
  }
}

/** SQL text with references, under view names of its own. */
function bound(of: Relation): Relation {
  const { case: kind, value } = of.relType;
  if (kind !== "withRelations" || value.root?.relType.case !== "sql") return of;
  const views = new Map<string, string>();
  const references = value.references.map((reference) => {
    if (reference.relType.case !== "subqueryAlias") return reference;
    const { alias, input } = reference.relType.value;
    const view = `__sparkwright_${randomUUID().replaceAll("-", "")}`;
    views.set(alias, view);
    return relation({
      case: "subqueryAlias",
      value: { alias: view, ...(input === undefined ? {} : { input }) },
    });
  });
  const sql = value.root.relType.value;
  const root = relation({ case: "sql", value: { ...sql, query: bindNames(sql.query, views) } });
  return relationInstead(of, { case: "withRelations", value: { root, references } });
}
