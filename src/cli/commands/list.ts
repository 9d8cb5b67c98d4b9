import type { PipelineConfig, Project } from "../../config/project.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { loadContextProject } from "../load-context-project.ts";
import { maskOf } from "../plan/mask-secrets.ts";
import { alignColumns } from "../terminal/columns.ts";
import { oneLine } from "../terminal/plain-text.ts";

/** Prints one line per pipeline: name, number of nodes, default window, description. */
export async function list(context: CommandContext): Promise<number> {
  const project = await loadContextProject(context);
  const { out } = context;
  const mask = maskOf(project.secrets);
  const rows = [...project.pipelines.values()].map((pipeline) => [
    pipeline.name,
    String(pipeline.nodes.length),
    windowText(pipeline, project),
    oneLine(mask(pipeline.description ?? "")),
  ]);
  const [header = "", ...lines] = alignColumns(
    [["PIPELINE", "NODES", "WINDOW", "DESCRIPTION"], ...rows],
    ["left", "right"],
  );
  await out.line(out.paint("bold", header));
  for (const line of lines) await out.line(line);
  return ExitCode.success;
}

function windowText(pipeline: PipelineConfig, { settings }: Project): string {
  const start = pipeline.startDate ?? settings.startDate;
  const end = pipeline.endDate ?? settings.endDate;
  return start === undefined && end === undefined ? "-" : `${start ?? "…"} to ${end ?? "…"}`;
}
