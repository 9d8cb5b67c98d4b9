import type { DatasetConfig } from "../config/project.ts";

/** A dataset as messages name it: its name and where it is. */
export function datasetLabel({ name, location }: DatasetConfig): string {
  if (location.kind === "path") return `dataset '${name}' (path ${location.path})`;
  if (location.kind === "options") return `dataset '${name}'`;
  return location.table === name ? `dataset '${name}'` : `dataset '${name}' (table ${location.table})`;
}
