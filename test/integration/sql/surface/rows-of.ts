import { type DataFrame, rowValues } from "../../../../src/sql/index.ts";

/** The rows of a DataFrame as arrays of their values. */
export async function rowsOf(df: DataFrame): Promise<unknown[][]> {
  return (await df.collect()).map(rowValues);
}

/** As `rowsOf`, in an order that does not depend on Spark's. */
export async function sortedRowsOf(df: DataFrame): Promise<unknown[][]> {
  const key = (row: unknown[]) => row.map(String).join();
  return (await rowsOf(df)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What `run` writes to standard output. */
export async function printedBy(run: () => Promise<void>): Promise<string> {
  const { write } = process.stdout;
  let text = "";
  process.stdout.write = ((chunk: unknown) => {
    text += String(chunk);
    return true;
  }) as typeof write;
  try {
    await run();
  } finally {
    process.stdout.write = write;
  }
  return text;
}
