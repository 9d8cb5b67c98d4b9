import { sqlTokens } from "../../sql-text/sql-tokens.ts";

/** The name of the view that SQL text makes for every session of the server, if it does so. */
export function globalViewOf(sql: string): string | undefined {
  if (!/\bglobal\b/i.test(sql)) return undefined;
  const tokens = sqlTokens(sql);
  const keys = tokens.slice(0, 9).map(({ text }) => text.toUpperCase());
  const head = /^CREATE (?:OR REPLACE )?GLOBAL TEMP(?:ORARY)? VIEW (?:IF NOT EXISTS )?/.exec(
    `${keys.join(" ")} `,
  );
  if (head === null) return undefined;
  return tokens[head[0].split(" ").length - 1]?.text ?? "";
}
