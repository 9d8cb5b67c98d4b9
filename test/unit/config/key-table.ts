import { configSchema } from "../../../src/config/json-schema.ts";
import type { SectionName } from "../../../src/config/section-names.ts";

interface Drawn {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Drawn[];
  readonly items?: Drawn;
  readonly properties?: Readonly<Record<string, Drawn>>;
  readonly additionalProperties?: boolean | Drawn;
}

const namedSections: ReadonlySet<SectionName> = new Set(["pipelines", "nodes", "datasets"]);

/** The keys of a section as a Markdown table, from its JSON Schema; those of a map of names, of one of its entries. */
export function keyTable(section: SectionName): string {
  const drawn = configSchema("config") as Drawn;
  const schema = drawn.properties?.[section] ?? {};
  const entry = schema.additionalProperties;
  const rows = new Map<string, Drawn>();
  collect(namedSections.has(section) && typeof entry === "object" ? entry : schema, "", rows);
  const lines = [...rows].map(([path, key]) => `| \`${path}\` | ${what(key)} | ${defaultOf(key)} |`);
  return ["| key | what | default |", "| --- | --- | --- |", ...lines].join("\n");
}

function collect(schema: Drawn, prefix: string, rows: Map<string, Drawn>): void {
  for (const [name, key] of Object.entries(schema.properties ?? {})) {
    const path = prefix + name;
    if (!rows.has(path)) rows.set(path, key);
    collect(key, `${path}.`, rows);
  }
  for (const option of schema.anyOf ?? []) collect(option, prefix, rows);
  if (schema.items) collect(schema.items, prefix, rows);
}

function what(key: Drawn): string {
  const words = wordsOf(key);
  const choice = words.length === 0 ? "" : ` (${words.map((word) => `\`${word}\``).join(", ")})`;
  return `${key.description ?? ""}${choice}`;
}

function wordsOf({ enum: words, anyOf = [], items }: Drawn): readonly string[] {
  if (words) return words;
  const found = [...anyOf, ...(items ? [items] : [])].map(wordsOf).find((list) => list.length > 0);
  return found ?? [];
}

function defaultOf({ default: value }: Drawn): string {
  if (value === undefined) return "";
  return `\`${Array.isArray(value) ? value.join(", ") : String(value)}\``;
}
