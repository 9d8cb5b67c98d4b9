import type { Project } from "../config/project.ts";
import type { DataSource, FindDataSource } from "../io/data-source.ts";
import { registeredDataSource } from "../io/data-source.ts";
import { importFunction } from "../modules/import-function.ts";
import type { DataFrame } from "../sql/data-frame.ts";

/** The data sources of a project: the functions that its settings name, then those that code has registered. */
export function dataSourcesOf({ root, settings }: Project): FindDataSource {
  const { dataSources = {}, security } = settings;
  return async (name): Promise<DataSource> => {
    const ref = Object.hasOwn(dataSources, name) ? dataSources[name] : undefined;
    if (ref === undefined) return registeredDataSource(name);
    const read = await importFunction(ref, { root, ...security });
    return { read: async (request) => (await read(request)) as DataFrame };
  };
}
