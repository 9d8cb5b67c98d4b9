/** A node of a plan as `explain` prints it. */
export interface PlanNode {
  /** Its own line: `Filter (id#1L > 2)`. A literal with a line feed makes it several. */
  readonly text: string;
  readonly children: readonly PlanNode[];
  /** The plans of the subqueries in its expressions, in the order of these. */
  readonly subqueries: readonly PlanNode[];
}

export interface ExplainedPlan {
  readonly analyzed: PlanNode;
  /** The text of the physical plan, where alone the paths of files stand. */
  readonly physical: string;
}

/** The analyzed and the physical part of `explain(extended)`; `undefined` when the text is anything else. */
export function parseExplained(text: string): ExplainedPlan | undefined {
  const analyzed = section(text, "Analyzed Logical Plan", "Optimized Logical Plan");
  const physical = section(text, "Physical Plan", undefined);
  if (analyzed === undefined || physical === undefined) return undefined;
  // Its first line lists the columns and their types.
  const tree = parsePlanTree(analyzed.slice(analyzed.indexOf("\n") + 1));
  return tree === undefined ? undefined : { analyzed: tree, physical };
}

function section(text: string, title: string, next: string | undefined): string | undefined {
  const start = text.indexOf(`== ${title} ==\n`);
  if (start === -1) return undefined;
  const from = start + title.length + 7;
  const to = next === undefined ? text.length : text.indexOf(`\n== ${next} ==\n`, from - 1);
  return to === -1 ? undefined : text.slice(from, to);
}

interface OpenNode {
  text: string;
  readonly depth: number;
  readonly children: OpenNode[];
  readonly subqueries: OpenNode[];
}

/**
 * A tree as Spark's `TreeNode.treeString` draws it: a child is one step of three characters below its parent, a
 * subquery two.
 */
export function parsePlanTree(text: string): PlanNode | undefined {
  const [first = "", ...lines] = text.replace(/\n+$/, "").split("\n");
  const root: OpenNode = { text: first, depth: 0, children: [], subqueries: [] };
  const path = [root];
  for (const line of lines) {
    const [, indent, , own] = /^((?: {3}|: {2})*)(\+- |:- )(.*)$/s.exec(line) ?? [];
    if (indent === undefined || own === undefined) {
      const open = path.at(-1);
      if (open !== undefined) open.text += `\n${line}`;
      continue;
    }
    const node: OpenNode = { text: own, depth: indent.length / 3 + 1, children: [], subqueries: [] };
    while ((path.at(-1)?.depth ?? -1) >= node.depth) path.pop();
    const parent = path.at(-1);
    if (parent === undefined || node.depth - parent.depth > 2) return undefined;
    (node.depth - parent.depth === 1 ? parent.children : parent.subqueries).push(node);
    path.push(node);
  }
  return root;
}
