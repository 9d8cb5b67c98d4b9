import type { DatasetConfig } from "../config/project.ts";

type Options = Readonly<Record<string, string>>;

/** What a reader takes for NULL, so that an empty text is none. */
const nullText = "\u0001NULL\u0001";
const reading: Options = { multiLine: "true", emptyValue: "", nullValue: nullText };

/** What a write says so that every text is stored as it is, after RFC 4180, unless the dataset says otherwise. */
export function csvWriteOptions(dataset: DatasetConfig, columns: readonly string[]): Options {
  // A table keeps them, and is read with them too.
  if (dataset.location.kind === "table") return { ...exact(dataset), ...reading, quoteAll: "true" };
  // An empty line is no row.
  const isLine = columns.length - dataset.partitionBy.length === 1;
  return {
    ...exact(dataset),
    emptyValue: quoteOf(dataset).repeat(2),
    ...(isLine && { nullValue: nullText }),
  };
}

/** How files that were written so are read; what no node writes is read as Spark does. */
export function csvReadOptions(dataset: DatasetConfig): Options {
  return dataset.isOutput && dataset.location.kind === "path" ? { ...exact(dataset), ...reading } : {};
}

function exact(dataset: DatasetConfig): Options {
  const escaping = optionOf(dataset, "escape") ?? quoteOf(dataset);
  return {
    ignoreLeadingWhiteSpace: "false",
    ignoreTrailingWhiteSpace: "false",
    lineSep: "\n",
    ...(escaping !== "" && { escape: escaping, charToEscapeQuoteEscaping: escaping }),
  };
}

function quoteOf(dataset: DatasetConfig): string {
  return optionOf(dataset, "quote") ?? '"';
}

function optionOf({ options }: DatasetConfig, name: string): string | undefined {
  return Object.entries(options).find(([key]) => key.toLowerCase() === name)?.[1];
}
