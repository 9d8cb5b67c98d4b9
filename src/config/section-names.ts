export const sectionNames = ["global_settings", "pipelines", "nodes", "datasets", "ml_info"] as const;

export type SectionName = (typeof sectionNames)[number];

/** `config` is a config.yaml with sections as keys, the others are the files of their own. */
export type SchemaName = "config" | SectionName;

export const schemaNames: readonly SchemaName[] = ["config", ...sectionNames];

export function isSectionName(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name);
}
