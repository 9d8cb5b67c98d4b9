import { createHash } from "node:crypto";
import type { Project } from "../../config/project.ts";
import { messageOf } from "../../core/error.ts";
import type { NodeFingerprint } from "../../events/run-event.ts";
import { windowLabel } from "../../io/day-window.ts";
import { CodeHasher } from "../../modules/code-hash.ts";
import type { PlannedNode, RunPlan } from "../../planning/run-plan.ts";

/** What the configuration of a node or a dataset says beside what is computed. */
const immaterial: ReadonlySet<string> = new Set([
  "description",
  "tags",
  "retries",
  "timeoutMs",
  "code",
  "hyperparams",
]);

/** The fingerprints of all nodes of a plan, by name. Without Spark. */
export function fingerprints(
  { root, settings }: Pick<Project, "root" | "settings">,
  plan: RunPlan,
): ReadonlyMap<string, NodeFingerprint> {
  const hasher = new CodeHasher(root);
  const sources = new Map(Object.entries(settings.dataSources ?? {}));
  const sourceCode = (dataset: string): string => {
    const ref = sources.get(plan.datasets.get(dataset)?.source ?? "");
    return ref === undefined ? "" : codeText(hasher, ref);
  };
  const datasets = new Map<string, string>();
  const datasetText = (name: string): string => {
    let text = datasets.get(name);
    if (text === undefined) {
      text = material(plan.datasets.get(name) ?? {});
      datasets.set(name, text);
    }
    return text;
  };
  const { conf } = settings.spark;
  const sparkConf = Object.keys(conf).length === 0 ? [] : [canonical(conf)];
  const window = hash(plan.window === undefined ? "" : windowLabel(plan.window));
  const found = new Map<string, NodeFingerprint>();
  for (const { name, config } of plan.nodes) {
    const features = (config.features ?? []).map(({ source }) => source);
    const own = [...config.inputs.map(({ dataset }) => dataset), ...features, ...config.outputs];
    found.set(name, {
      config: hash(material({ ...config, ref: refOf(config) }), ...sparkConf, ...own.map(datasetText)),
      code: hash(
        config.code.kind === "sql" ? config.code.text : codeText(hasher, config.code.ref),
        ...config.inputs.map(({ dataset }) => sourceCode(dataset)),
      ),
      parameters: hash(canonical(config.hyperparams)),
      window,
    });
  }
  return found;
}

/** Which parts differ, as words. */
export function changedParts(before: NodeFingerprint, now: NodeFingerprint): string[] {
  const parts = ["config", "code", "parameters", "window"] as const;
  return parts.filter((part) => before[part] !== now[part]);
}

/** What cannot be found is not kept either: the node fails when it runs. */
function codeText(hasher: CodeHasher, ref: string): string {
  try {
    return hasher.hash(ref);
  } catch (error) {
    return `${ref} ${messageOf(error)}`;
  }
}

function refOf({ code }: PlannedNode["config"]): string {
  return code.kind === "function" ? code.ref : "sql";
}

function hash(...texts: readonly string[]): string {
  const total = createHash("sha256");
  for (const text of texts) total.update(text).update("\0");
  return total.digest("hex").slice(0, 24);
}

/** What of a configuration counts, without where it was written. */
function material(config: object): string {
  const facts = Object.entries(config).filter(([key]) => !immaterial.has(key));
  return canonical(Object.fromEntries(facts), (key, item) => key === "positions" || isPosition(item));
}

function isPosition(item: object): boolean {
  return "file" in item && "line" in item && typeof item.line === "number";
}

/** JSON that does not depend on the order of keys. */
function canonical(value: object, isLeftOut: (key: string, item: object) => boolean = () => false): string {
  return JSON.stringify(value, (key, item: unknown) => {
    if (typeof item === "bigint") return { bigint: String(item) };
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    if (isLeftOut(key, item)) return undefined;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
