import type { FormatFault } from "./format-policy.ts";

type Options = Readonly<Record<string, string>>;

/** What of a dataset decides whether its options fit. */
export interface OptionsInUse {
  readonly format: string;
  readonly mode: string;
  readonly options: Options;
  readonly schemaEvolution?: string | undefined;
  readonly read: boolean;
  readonly written: boolean;
}

/** Everything that is wrong with the options of a dataset, as far as they tell; values are never repeated. */
export function optionFaults(use: OptionsInUse): FormatFault[] {
  const faults = evolutionFaults(use);
  if (use.format === "jdbc") faults.push(...jdbcFaults(use));
  if (use.format === "kafka") faults.push(...kafkaFaults(use));
  return faults;
}

function jdbcFaults({ options, written }: OptionsInUse): FormatFault[] {
  const names = new Set(Object.keys(options).map((name) => name.toLowerCase()));
  const faults: FormatFault[] = [];
  if (!names.has("url")) {
    faults.push({
      key: "options",
      why: "jdbc needs the option url",
      hint: "Write it as jdbc:postgresql://host/database, with user and password as options of their own.",
    });
  }
  if (names.has("dbtable") === names.has("query")) {
    const why = names.has("query") ? "jdbc takes dbtable or query, not both" : "jdbc needs dbtable or query";
    faults.push({ key: "options", why, hint: "Name the table with dbtable, or write a SQL query." });
  } else if (written && names.has("query")) {
    faults.push({
      key: "options",
      why: "a query cannot be written to",
      hint: "Name the table with dbtable; declare another dataset for the query.",
    });
  }
  return faults;
}

function kafkaFaults({ options, read, written }: OptionsInUse): FormatFault[] {
  const names = new Set(Object.keys(options).map((name) => name.toLowerCase()));
  const faults: FormatFault[] = [];
  if (!names.has("kafka.bootstrap.servers")) {
    faults.push({
      key: "options",
      why: "kafka needs the option kafka.bootstrap.servers",
      hint: "Write it as host:9092,host:9092.",
    });
  }
  const subscriptions = ["subscribe", "subscribepattern", "assign"].filter((name) => names.has(name));
  if (read && subscriptions.length !== 1) {
    faults.push({
      key: "options",
      why: `to be read, kafka needs one of subscribe, subscribePattern and assign, and has ${subscriptions.length}`,
      hint: "Name the topics with subscribe.",
    });
  }
  if (written && !names.has("topic") && subscriptions.length > 0) {
    faults.push({
      key: "options",
      why: "to be written, kafka needs the option topic, not a subscription",
      hint: "Name the topic with topic, or return a column `topic`.",
    });
  }
  return faults;
}

function evolutionFaults({ format, mode, options, schemaEvolution, written }: OptionsInUse): FormatFault[] {
  if (schemaEvolution === undefined || !written) return [];
  const key = "schema_evolution";
  const faults: FormatFault[] = [];
  const on = ["mergeSchema", "overwriteSchema"].filter((name) => isOn(options, name));
  if (on.length > 0) {
    faults.push({
      key,
      why: `schema_evolution and the option ${on.join(" and ")} both say how columns may change`,
      hint: "Keep schema_evolution: `add` for mergeSchema, `any` for overwriteSchema.",
    });
  }
  if (schemaEvolution === "any" && mode !== "overwrite") {
    faults.push({
      key,
      why: `mode ${mode} keeps stored rows, whose columns cannot be replaced`,
      hint: "Use `schema_evolution: add` for new columns, or `mode: overwrite`.",
    });
  } else if (schemaEvolution === "add" && format !== "delta" && mode !== "overwrite") {
    faults.push({
      key,
      why: `${format} cannot add columns to rows that are stored`,
      hint: "Use `format: delta`, or `mode: overwrite`.",
    });
  }
  return faults;
}

function isOn(options: Options, name: string): boolean {
  return Object.entries(options).some(
    ([key, value]) => key.toLowerCase() === name.toLowerCase() && value.toLowerCase() === "true",
  );
}
