import { isMessage } from "@bufbuild/protobuf";
import { type Expression, ExpressionSchema } from "../../../gen/spark/connect/expressions_pb.ts";
import {
  type Relation,
  RelationSchema,
  SetOperation_SetOpType as SetOp,
} from "../../../gen/spark/connect/relations_pb.ts";
import { columnStack, groupColumns, isWithColumns } from "./column-stack.ts";
import { functionCall } from "./expression.ts";
import { messageDepth, referencedPlanIds } from "./message-depth.ts";
import { type AnyMessage, childMessages, withChildren } from "./message-tree.ts";
import { relation, relationInstead } from "./relation.ts";

/** Parts with fewer messages in one another than this stay as they were written. */
const shallow = 64;

/**
 * A plan with the same result and fewer messages in one another:
 *
 * - `withColumns` over `withColumns` become one where that is the same;
 * - long chains of AND or OR become balanced trees, which is the same in three-valued logic too, and evaluates in
 *   the same order;
 * - with `unions`, so do chains of UNION ALL. A server widens the types of two columns at a time; where inputs
 *   differ in type it may choose a wider type than for the chain, which is why it is left for plans that no server
 *   takes otherwise.
 *
 * Undefined where more than `maxDepth` messages would still lie in one another.
 */
export function flatten(
  root: Relation,
  options: { readonly unions: boolean; readonly maxDepth: number },
): Relation | undefined {
  const flat = new Flattener(referencedPlanIds(root), options).message(root, 0);
  return flat !== undefined && messageDepth(flat) <= options.maxDepth ? (flat as Relation) : undefined;
}

class Flattener {
  readonly #referenced: ReadonlySet<bigint>;
  readonly #unions: boolean;
  readonly #maxDepth: number;
  readonly #done = new Map<AnyMessage, AnyMessage | undefined>();

  constructor(
    referenced: ReadonlySet<bigint>,
    options: { readonly unions: boolean; readonly maxDepth: number },
  ) {
    this.#referenced = referenced;
    this.#unions = options.unions;
    this.#maxDepth = options.maxDepth;
  }

  /** Undefined where it lies too deep; so the recursion ends. */
  message(of: AnyMessage, level: number): AnyMessage | undefined {
    if (messageDepth(of) <= shallow) return of;
    if (level > this.#maxDepth) return undefined;
    if (this.#done.has(of)) return this.#done.get(of);
    const flat = isMessage(of, RelationSchema)
      ? this.#relation(of, level)
      : isMessage(of, ExpressionSchema)
        ? this.#expression(of, level)
        : this.#copy(of, level);
    this.#done.set(of, flat);
    return flat;
  }

  #relation(of: Relation, level: number): AnyMessage | undefined {
    if (isWithColumns(of)) return this.#withColumns(of, level);
    const inputs = this.#unions && isUnion(of) ? this.#unionInputs(of) : [];
    if (inputs.length < 3) return this.#copy(of, level);
    const flat = this.#all(inputs, level) as Relation[] | undefined;
    if (flat === undefined) return undefined;
    const byName = of.relType.case === "setOp" && of.relType.value.byName === true;
    return balanced(flat, (leftInput, rightInput, isRoot) => {
      const value = { leftInput, rightInput, setOpType: SetOp.UNION, isAll: true, byName };
      return isRoot ? relationInstead(of, { case: "setOp", value }) : relation({ case: "setOp", value });
    });
  }

  #withColumns(of: Relation, level: number): AnyMessage | undefined {
    const { stack, base } = columnStack(of);
    const groups = groupColumns(stack, this.#referenced);
    let input = this.message(base, level + groups.length * 2) as Relation | undefined;
    for (const { aliases, top } of groups) {
      const flat = this.#all(aliases, level + 2);
      if (flat === undefined || input === undefined) return undefined;
      input = relationInstead(top, {
        case: "withColumns",
        value: { input, aliases: flat as typeof aliases },
      });
    }
    return input;
  }

  #unionInputs(of: Relation): Relation[] {
    return operands(of, (inner) => {
      const { relType } = inner;
      if (relType.case !== "setOp" || !isUnion(inner)) return undefined;
      const sameKind = of.relType.case === "setOp" && relType.value.byName === of.relType.value.byName;
      const free = inner === of || !this.#referenced.has(inner.common?.planId ?? 0n);
      const { leftInput, rightInput } = relType.value;
      return sameKind && free && leftInput && rightInput ? [leftInput, rightInput] : undefined;
    });
  }

  #expression(of: Expression, level: number): AnyMessage | undefined {
    const operator = connective(of);
    if (operator === undefined) return this.#copy(of, level);
    const terms = operands(of, (inner) =>
      inner.exprType.case === "unresolvedFunction" && connective(inner) === operator
        ? inner.exprType.value.arguments
        : undefined,
    );
    const flat = this.#all(terms, level) as Expression[] | undefined;
    if (flat === undefined) return undefined;
    const tree = balanced(flat, (left, right) => functionCall(operator, [left, right]));
    if (of.common !== undefined) tree.common = of.common;
    return tree;
  }

  #all(of: readonly AnyMessage[], level: number): AnyMessage[] | undefined {
    const below = level + 2 * Math.ceil(Math.log2(of.length + 1));
    const flat = of.map((each) => this.message(each, below));
    return flat.every((each) => each !== undefined) ? flat : undefined;
  }

  /** The message with its children flattened; messages are shared, so only the path to what changes is copied. */
  #copy(of: AnyMessage, level: number): AnyMessage | undefined {
    const changes = new Map<AnyMessage, AnyMessage>();
    for (const child of childMessages(of)) {
      const flat = this.message(child, level + 1);
      if (flat === undefined) return undefined;
      if (flat !== child) changes.set(child, flat);
    }
    if (changes.size === 0) return of;
    return withChildren(of, changes);
  }
}

/** The leaves of a tree of one operation, from left to right, without recursion. */
function operands<T>(of: T, split: (inner: T) => readonly T[] | undefined): T[] {
  const found: T[] = [];
  const stack = [of];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const parts = split(at);
    if (parts === undefined) found.push(at);
    else stack.push(...parts.toReversed());
  }
  return found;
}

function balanced<T>(items: readonly T[], join: (left: T, right: T, isRoot: boolean) => T): T {
  let level = [...items];
  while (level.length > 1) {
    const next: T[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] as T, level[i + 1]];
      next.push(right === undefined ? left : join(left, right, level.length === 2));
    }
    level = next;
  }
  return level[0] as T;
}

function connective({ exprType }: Expression): "and" | "or" | undefined {
  if (exprType.case !== "unresolvedFunction" || exprType.value.arguments.length !== 2) return undefined;
  const { functionName } = exprType.value;
  return functionName === "and" || functionName === "or" ? functionName : undefined;
}

function isUnion({ relType }: Relation): boolean {
  if (relType.case !== "setOp") return false;
  const { setOpType, isAll, allowMissingColumns } = relType.value;
  return setOpType === SetOp.UNION && isAll === true && allowMissingColumns !== true;
}
