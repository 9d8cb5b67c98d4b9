import { loadProject } from "../config/load-project.ts";
import type { Project } from "../config/project.ts";
import { shortestMasked } from "../core/secret-mask.ts";
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
  hideSecrets(context, project);
  return project;
}

/** No message shows a secret of the project from here on. */
export function hideSecrets({ out, err }: CommandContext, { secrets = [] }: Project): void {
  err.hide(secrets);
  // Rows and events are data, whose texts were masked before they became JSON.
  out.hideInPrints(secrets);
}

/** Says which secrets will be masked only where they stand alone, for a command that runs what uses them. */
export async function warnOfShortSecrets(
  { err }: CommandContext,
  { shortSecrets = [] }: Project,
): Promise<void> {
  for (const source of shortSecrets) {
    await err.line(
      `${err.paint("yellow", "warning")}: the secret of ${source} is too short to be masked within words and numbers; use one of at least ${shortestMasked} characters`,
    );
  }
}
