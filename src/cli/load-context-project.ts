import { loadProject } from "../config/load-project.ts";
import type { Project } from "../config/project.ts";
import type { CommandContext } from "./command-context.ts";
import { requireProject } from "./project-folder.ts";

/** The project that a command is about, in its environment; from then on no message shows one of its secrets. */
export async function loadContextProject(
  context: CommandContext,
  folder: string = requireProject(context.project, context.cwd),
): Promise<Project> {
  const project = await loadProject(folder, {
    environment: context.environment,
    environmentAskedBy: "--env",
  });
  context.err.hide(project.secrets ?? []);
  return project;
}
