import { SparkwrightError } from "../../core/error.ts";
import { sqlTokens } from "../../sql-text/sql-tokens.ts";
import { tableEdits } from "../../sql-text/table-edits.ts";
import { editText, type TextEdit } from "../../sql-text/text-edits.ts";

/**
 * The SQL text with relation names bound to temporary views, by their place in the text: column names, strings and
 * comments are not touched, a common table expression of the user still shadows a bound name, and no line is added, so
 * line numbers in error messages hold. A name with dots is found in any quoting: `a.b` and `` `a`.`b` `` alike.
 *
 * Thrown when the statement outlives the views, or runs other text that may name them: `USAGE_SQL_RELATION`.
 */
export function bindNames(sql: string, views: ReadonlyMap<string, string>): string {
  return editText(sql, bindEdits(sql, views));
}

/** What `bindNames` replaces. */
export function bindEdits(sql: string, views: ReadonlyMap<string, string>): TextEdit[] {
  const start = sqlTokens(sql).slice(0, 6);
  const unbindable = noRelations.exec(start.map(({ key }) => key).join(" "))?.[0];
  if (unbindable !== undefined) {
    throw new SparkwrightError(
      "USAGE_SQL_RELATION",
      `${unbindable} cannot name ${[...views.keys()].join(", ")}`,
      {
        hint: "Relations last for one query: make a view with createOrReplaceTempView(), and name that.",
      },
    );
  }
  const byName = new Map([...views].map(([name, view]) => [name.toLowerCase(), view]));
  return tableEdits(sql, ({ parts, role, form }) => {
    const isQueried = role === "read" && form !== "string";
    const view = isQueried ? byName.get(parts.join(".").toLowerCase()) : undefined;
    return view === undefined ? undefined : [view];
  });
}

const noRelations: RegExp =
  /^(?:EXECUTE IMMEDIATE|CACHE|ALTER VIEW|CREATE (?:OR REPLACE )?(?:GLOBAL )?(?:TEMP(?:ORARY)? )?VIEW)\b/;
