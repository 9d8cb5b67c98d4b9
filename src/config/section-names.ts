export const sectionNames = ["global_settings", "pipelines", "nodes", "datasets", "ml_info"] as const;

export type SectionName = (typeof sectionNames)[number];

export function isSectionName(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name);
}
