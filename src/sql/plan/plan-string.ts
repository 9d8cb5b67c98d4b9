import { isMessage } from "@bufbuild/protobuf";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import type { PlanLabel } from "./expression-text.ts";
import { planIdIn } from "./message-depth.ts";
import { inputsOf, messagesIn } from "./message-tree.ts";
import { relationText } from "./relation-text.ts";

/**
 * A plan as a tree, the last operation first, one line per relation with its own parameters.
 *
 * A relation gets a number when something refers to it: a column that was taken from it (`id#1`), a subquery, or
 * a second place where it is an input, which is not printed again. Equal plans give equal text.
 */
export function planString(root: Relation): string {
  const numbers = numberReferences(root);
  const label: PlanLabel = (planId) => {
    const number = planId === undefined ? undefined : numbers.get(planId);
    return number === undefined ? "" : `#${number}`;
  };
  const printed = new Set<Relation>();
  const text: string[] = [];
  const stack: Line[] = [{ of: root, first: "", below: "" }];
  for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
    const { of, first, below } = line;
    const number = label(of.common?.planId);
    const inputs = inputsOf(of);
    if (printed.has(of) && inputs.length > 0) {
      text.push(`${first}as ${number} above`);
      continue;
    }
    printed.add(of);
    text.push(`${first}${number === "" ? "" : `${number} `}${relationText(of, label)}`);
    const lines = inputs.map((input, i) =>
      i === inputs.length - 1
        ? { of: input, first: `${below}+- `, below: `${below}   ` }
        : { of: input, first: `${below}:- `, below: `${below}:  ` },
    );
    stack.push(...lines.reverse());
  }
  return `${text.join("\n")}\n`;
}

interface Line {
  readonly of: Relation;
  readonly first: string;
  readonly below: string;
}

/** The relations that are referred to, numbered in the order in which they are printed. */
function numberReferences(root: Relation): ReadonlyMap<bigint, number> {
  const order: bigint[] = [];
  const seen = new Set<Relation>();
  const referred = new Set<bigint>();
  const stack = [root];
  for (let of = stack.pop(); of !== undefined; of = stack.pop()) {
    const id = of.common?.planId;
    const inputs = inputsOf(of);
    if (seen.has(of)) {
      if (id !== undefined && inputs.length > 0) referred.add(id);
      continue;
    }
    seen.add(of);
    if (id !== undefined) order.push(id);
    for (const planId of planIdsIn(of)) referred.add(planId);
    stack.push(...inputs.reverse());
  }
  return new Map(order.filter((id) => referred.has(id)).map((id, i) => [id, i + 1]));
}

/** The plan ids in the expressions of one relation, but not in its inputs. */
function planIdsIn(of: Relation): bigint[] {
  const own = messagesIn(of, (message) => message === of || !isMessage(message, RelationSchema));
  return [...own].flatMap((message) => planIdIn(message) ?? []);
}
