import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { configSchema } from "../../config/json-schema.ts";
import { type SchemaName, schemaNames } from "../../config/section-names.ts";
import { displayPath } from "../../core/display-path.ts";
import { checkOwn, makeOwnFolder } from "../../core/own-files.ts";
import { eventSchema } from "../../events/event-schema.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { findProject } from "../project-folder.ts";

export interface SchemaOptions {
  /** `events` are those of `run --json`. */
  readonly section: SchemaName | "events";
  /** The folder to write all schemas to; `true` is the project's own. */
  readonly write: string | true | undefined;
}

/** Prints the JSON Schema of one configuration file or of the events, or writes those of all of them. */
export async function schema(context: CommandContext, { section, write }: SchemaOptions): Promise<number> {
  const { out } = context;
  if (write === undefined) {
    await out.line(
      JSON.stringify(section === "events" ? eventSchema() : configSchema(section), undefined, 2),
    );
    return ExitCode.success;
  }
  const project = findProject(context.project, context.cwd) ?? context.cwd;
  const folder = write === true ? join(project, ".sparkwright", "schemas") : resolve(context.cwd, write);
  makeOwnFolder(folder);
  for (const name of schemaNames) {
    const file = join(folder, `${name}.json`);
    checkOwn(file);
    writeFileSync(file, `${JSON.stringify(configSchema(name), undefined, 2)}\n`);
    await out.line(displayPath(file));
  }
  // Relative, so that the line is right for everybody who has the project.
  const fromConfig = relative(join(project, "config"), join(folder, "nodes.json")).replaceAll("\\", "/");
  await context.err.line(
    `An editor checks config/nodes.yaml when its first line is: # yaml-language-server: $schema=${fromConfig}`,
  );
  return ExitCode.success;
}
