import { type AnyMessage, bottomUp, childMessages, messagesIn } from "./message-tree.ts";

interface MessageFacts {
  readonly depth: number;
  /** Whether something in it refers to a relation by its plan id. */
  readonly hasPlanIds: boolean;
}

const leaf: MessageFacts = { depth: 0, hasPlanIds: false };
const known: WeakMap<AnyMessage, MessageFacts> = new WeakMap();

/** How many messages lie in one another, counted once per message. */
export function messageDepth(of: AnyMessage): number {
  return factsOf(of).depth;
}

/** The plan ids by which expressions in the message refer to relations. */
export function referencedPlanIds(root: AnyMessage): Set<bigint> {
  const ids = new Set<bigint>();
  const seen = new Set<AnyMessage>();
  for (const message of messagesIn(root, (one) => factsOf(one).hasPlanIds && !seen.has(one))) {
    seen.add(message);
    const id = planIdIn(message);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

/** The plan id by which a message itself, an expression, refers to a relation. */
export function planIdIn(of: AnyMessage): bigint | undefined {
  if (!("planId" in of) || of.$typeName === "spark.connect.RelationCommon") return undefined;
  return typeof of.planId === "bigint" ? of.planId : undefined;
}

function factsOf(of: AnyMessage): MessageFacts {
  const before = known.get(of);
  if (before !== undefined) return before;
  bottomUp(
    of,
    childMessages,
    (message) => known.has(message),
    (message, children) => {
      let depth = 0;
      let hasPlanIds = planIdIn(message) !== undefined;
      for (const child of children) {
        const facts = known.get(child) ?? leaf;
        depth = Math.max(depth, facts.depth);
        hasPlanIds ||= facts.hasPlanIds;
      }
      known.set(message, { depth: depth + 1, hasPlanIds });
    },
  );
  return known.get(of) ?? leaf;
}
