import { LocalDate } from "../sql/index.ts";
import { sqlParameters } from "../sql-text/sql-parameters.ts";

/** What the parameters of a node's SQL may stand for. */
export interface SqlValueSources {
  /** Days, `YYYY-MM-DD`; a run without a window has none. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The values of the parameters that SQL text names; what it does not name need not have a SQL type. Those of the window
 * are read only where they are named.
 */
export function sqlValues(text: string, sources: SqlValueSources): Record<string, unknown> {
  const named = new Set(sqlParameters(text).map(({ name }) => name));
  const params = Object.entries(sources.params).filter(([name]) => named.has(name));
  const [from, to] = [
    named.has("start_date") ? sources.startDate : undefined,
    named.has("end_date") ? sources.endDate : undefined,
  ];
  return {
    ...(from !== undefined && { start_date: LocalDate.parse(from) }),
    ...(to !== undefined && { end_date: LocalDate.parse(to) }),
    ...Object.fromEntries(params),
  };
}
