import type { Expression_Alias } from "../../../gen/spark/connect/expressions_pb.ts";
import type { Relation, WithColumns } from "../../../gen/spark/connect/relations_pb.ts";
import { columnReferences } from "./column-references.ts";

/** Some `withColumns`, one directly over another, that give the same as one with all of their columns. */
export interface ColumnGroup {
  readonly aliases: Expression_Alias[];
  /** The last of them, which the others become part of. */
  readonly top: Relation;
}

export function isWithColumns(
  of: Relation,
): of is Relation & { readonly relType: { readonly case: "withColumns"; readonly value: WithColumns } } {
  return of.relType.case === "withColumns" && of.relType.value.input !== undefined;
}

/** The `withColumns` that lie directly one over another, the first applied first, and what they all lie on. */
export function columnStack(top: Relation): { readonly stack: readonly Relation[]; readonly base: Relation } {
  const stack: Relation[] = [];
  let at = top;
  while (isWithColumns(at)) {
    stack.push(at);
    at = at.relType.value.input as Relation;
  }
  return { stack: stack.reverse(), base: at };
}

/**
 * Puts neighbours together that are the same in one step: the later columns do not read what the earlier ones
 * made, do not make it again, and nobody refers to the DataFrame in between by its plan id.
 */
export function groupColumns(stack: readonly Relation[], referenced: ReadonlySet<bigint>): ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  let made = new Set<string>();
  let open = false;
  for (const relation of stack) {
    if (!isWithColumns(relation)) continue;
    const { aliases } = relation.relType.value;
    const names = aliases.flatMap(({ name }) => name.map((part) => part.toUpperCase()));
    const last = groups.at(-1);
    const plain = aliases.every(({ expr }) => expr !== undefined && columnReferences(expr) !== undefined);
    if (
      last !== undefined &&
      open &&
      plain &&
      !reads(aliases, made) &&
      !names.some((name) => made.has(name))
    ) {
      groups[groups.length - 1] = { aliases: last.aliases, top: relation };
      last.aliases.push(...aliases);
      for (const name of names) made.add(name);
    } else {
      groups.push({ aliases: [...aliases], top: relation });
      made = new Set(names);
    }
    open = plain && !referenced.has(relation.common?.planId ?? 0n);
  }
  return groups;
}

function reads(aliases: readonly Expression_Alias[], made: ReadonlySet<string>): boolean {
  return aliases.some(({ expr }) => {
    const references = expr === undefined ? undefined : columnReferences(expr);
    return references === undefined || [...references].some((name) => made.has(name));
  });
}
