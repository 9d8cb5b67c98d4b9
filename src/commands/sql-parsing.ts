import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { ConnectionError, SessionClosedError, SparkError, type SparkSession } from "../sql/index.ts";
import { parameterEdits } from "../sql/plan/sql-parameters.ts";
import { queryWords } from "../sql-text/keywords.ts";
import { sqlStatements } from "../sql-text/sql-statements.ts";
import { sqlTokens } from "../sql-text/sql-tokens.ts";
import { editText, offsetBefore, type TextEdit } from "../sql-text/text-edits.ts";
import { parsePlace } from "./sql-error.ts";

/** The SQL of a node, as its author wrote it. */
export interface NodeSql {
  readonly node: string;
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where an offset of the text lies. */
  readonly placeOf: (offset: number) => SourcePosition;
}

interface Parsable extends NodeSql {
  /** The statement with its values. */
  readonly sent: string;
  readonly edits: readonly TextEdit[];
}

/**
 * What Spark's parser has against the SQL of nodes, of which nothing is run: all of it is sent in one request, inside a
 * script that does not get there. Commands that extensions of Spark's parser may know, such as Delta's, are left out,
 * since scripts know none of them.
 */
export async function sqlFaults(
  session: SparkSession,
  nodes: readonly NodeSql[],
): Promise<SparkwrightError[]> {
  const faults: SparkwrightError[] = [];
  let left = nodes.flatMap(parsable);
  while (left.length > 0) {
    const { script, nodeAt } = scriptOf(left);
    const error = await refusal(session, script);
    const place = error && parsePlace(error, script);
    const culprit = place === undefined ? undefined : nodeAt(place);
    if (culprit === undefined) return faults;
    // What only a script refuses is no fault of the statement; and alone it is told about in its own words.
    const alone = `${explain}${culprit.sent}`;
    const own = await refusal(session, alone);
    const at = own && parsePlace(own, alone);
    if (own !== undefined && at !== undefined) faults.push(fault(culprit, own, at - explain.length));
    left = left.filter((node) => node !== culprit);
  }
  return faults;
}

const explain = "EXPLAIN\n";
const before = "BEGIN IF FALSE THEN\n";
const between = "\n;\n";

function scriptOf(nodes: readonly Parsable[]): {
  readonly script: string;
  readonly nodeAt: (offset: number) => Parsable | undefined;
} {
  const ends: number[] = [];
  let script = before;
  for (const { sent } of nodes) {
    script += sent + between;
    ends.push(script.length);
  }
  return {
    script: `${script}END IF; END`,
    nodeAt: (offset) => (offset < before.length ? undefined : nodes[ends.findIndex((end) => offset < end)]),
  };
}

/** Spark's own statements: nobody extends their grammar. */
const statementWords: ReadonlySet<string> = new Set([
  ...queryWords,
  "(",
  "INSERT",
  "MERGE",
  "UPDATE",
  "DELETE",
]);

function parsable(node: NodeSql): Parsable[] {
  const { text, values } = node;
  const [statement, second] = sqlStatements(text);
  if (statement === undefined || second !== undefined || !statementWords.has(statement.word)) return [];
  if (sqlTokens(text).some(({ kind }) => kind === "unclosed")) return [];
  const edits = parameterEdits(text, values);
  const edited = editText(text, edits);
  // What follows the statement is a semicolon or a comment, which would hide the rest of the script.
  return [{ ...node, edits, sent: edited.slice(0, sqlStatements(edited)[0]?.end) }];
}

async function refusal(session: SparkSession, text: string): Promise<SparkError | undefined> {
  try {
    await session.sql(text);
    return undefined;
  } catch (error) {
    if (error instanceof SparkError) return error;
    // Of a connection that breaks just now, the nodes are told, which may be tried again.
    if (error instanceof ConnectionError || error instanceof SessionClosedError) return undefined;
    throw error;
  }
}

function fault({ node, placeOf, edits }: Parsable, error: SparkError, offset: number): SparkwrightError {
  const said = error.message.split("\n", 1)[0]?.replace(/ SQLSTATE: .*$/, "") ?? "";
  return new SparkwrightError(
    "VALIDATION_SQL_SYNTAX",
    `node "${node}" has SQL that Spark cannot parse: ${said}`,
    {
      position: placeOf(offsetBefore(edits, Math.max(0, offset))),
      hint: "Mend the SQL and run again; no node has run.",
      details: { node, errorClass: error.errorClass },
    },
  );
}
