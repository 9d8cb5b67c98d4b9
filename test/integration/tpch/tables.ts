import type { DataFrame } from "../../../src/sql/data-frame.ts";

/** The eight tables of TPC-H. */
export const tableNames = [
  "customer",
  "lineitem",
  "nation",
  "orders",
  "part",
  "partsupp",
  "region",
  "supplier",
] as const;

export type Tables = Readonly<Record<(typeof tableNames)[number], DataFrame>>;
