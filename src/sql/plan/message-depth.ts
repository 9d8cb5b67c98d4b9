/** A protobuf message, for those who look only at how messages lie in one another. */
export interface AnyMessage {
  readonly $typeName: string;
}

export function isMessage(value: unknown): value is AnyMessage {
  return typeof value === "object" && value !== null && "$typeName" in value;
}

/** The messages that lie directly in a message: fields, elements of lists and maps, and what a oneof holds. */
export function childMessages(of: AnyMessage): AnyMessage[] {
  const found: AnyMessage[] = [];
  // Not Object.values: this runs for every message of every plan.
  for (const name in of) {
    const field: unknown = of[name as keyof AnyMessage];
    if (typeof field !== "object" || field === null) continue;
    if ("$typeName" in field) found.push(field as AnyMessage);
    else if (Array.isArray(field)) {
      for (const item of field) if (isMessage(item)) found.push(item);
    } else if (!ArrayBuffer.isView(field)) {
      for (const key in field) {
        const item: unknown = field[key as keyof typeof field];
        if (isMessage(item)) found.push(item);
      }
    }
  }
  return found;
}

interface MessageFacts {
  readonly depth: number;
  /** Whether something in it refers to a relation by its plan id. */
  readonly hasPlanIds: boolean;
}

const known: WeakMap<AnyMessage, MessageFacts> = new WeakMap();

/** How many messages lie in one another, counted once per message. */
export function messageDepth(of: AnyMessage): number {
  return factsOf(of).depth;
}

/** The plan ids by which expressions in the message refer to relations. */
export function referencedPlanIds(root: AnyMessage): Set<bigint> {
  const ids = new Set<bigint>();
  const seen = new Set<AnyMessage>();
  const stack: AnyMessage[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (!factsOf(at).hasPlanIds || seen.has(at)) continue;
    seen.add(at);
    const id = planIdIn(at);
    if (id !== undefined) ids.add(id);
    stack.push(...childMessages(at));
  }
  return ids;
}

function planIdIn(of: AnyMessage): bigint | undefined {
  if (!("planId" in of) || of.$typeName === "spark.connect.RelationCommon") return undefined;
  return typeof of.planId === "bigint" ? of.planId : undefined;
}

/** Without recursion, since very many messages can lie in one another. */
function factsOf(of: AnyMessage): MessageFacts {
  const before = known.get(of);
  if (before !== undefined) return before;
  const stack = [{ message: of, children: childMessages(of), next: 0 }];
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    const child = at.children[at.next++];
    if (child !== undefined) {
      if (!known.has(child)) stack.push({ message: child, children: childMessages(child), next: 0 });
      continue;
    }
    let depth = 0;
    let hasPlanIds = planIdIn(at.message) !== undefined;
    for (const each of at.children) {
      const facts = known.get(each);
      depth = Math.max(depth, facts?.depth ?? 0);
      hasPlanIds ||= facts?.hasPlanIds ?? false;
    }
    known.set(at.message, { depth: depth + 1, hasPlanIds });
    stack.pop();
  }
  return known.get(of) ?? { depth: 0, hasPlanIds: false };
}
