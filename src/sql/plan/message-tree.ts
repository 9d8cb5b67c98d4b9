import { isMessage } from "@bufbuild/protobuf";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";

/** A protobuf message, for those who look only at how messages lie in one another. */
export interface AnyMessage {
  readonly $typeName: string;
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

/** A copy of a message with other messages in place of some that lie directly in it; messages are shared. */
export function withChildren<M extends AnyMessage>(
  of: M,
  replacements: ReadonlyMap<AnyMessage, AnyMessage>,
): M {
  const replaced = (value: unknown): unknown =>
    isMessage(value) ? (replacements.get(value) ?? value) : value;
  const copy: M = Object.assign(Object.create(Object.getPrototypeOf(of)), of);
  for (const [name, field] of Object.entries(of)) {
    if (typeof field !== "object" || field === null || ArrayBuffer.isView(field)) continue;
    if (isMessage(field)) Reflect.set(copy, name, replaced(field));
    else if (Array.isArray(field)) Reflect.set(copy, name, field.map(replaced));
    else {
      const entries = Object.entries(field).map(([key, item]) => [key, replaced(item)]);
      Reflect.set(copy, name, Object.fromEntries(entries));
    }
  }
  return copy;
}

/** A message and all that lie in it, but for those that `enter` refuses and what lies in these. */
export function* messagesIn(
  root: AnyMessage,
  enter: (message: AnyMessage) => boolean = () => true,
): Generator<AnyMessage> {
  const stack = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (!enter(at)) continue;
    yield at;
    stack.push(...childMessages(at));
  }
}

/** The relations that a relation is made of. */
export function inputsOf(of: Relation): Relation[] {
  const { value } = of.relType;
  return value === undefined ? [] : childMessages(value).filter((child) => isMessage(child, RelationSchema));
}

/**
 * Visits what is not done yet, each once and after its parts, which are done in their order. Without recursion:
 * plans can be deeper than the stack.
 */
export function bottomUp<T>(
  root: T,
  partsOf: (of: T) => readonly T[],
  isDone: (of: T) => boolean,
  visit: (of: T, parts: readonly T[]) => void,
): void {
  if (isDone(root)) return;
  const stack = [{ of: root, parts: partsOf(root), next: 0 }];
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    if (at.next === at.parts.length) {
      visit(at.of, at.parts);
      stack.pop();
      continue;
    }
    const part = at.parts[at.next++] as T;
    if (!isDone(part)) stack.push({ of: part, parts: partsOf(part), next: 0 });
  }
}
