import type { NodeFingerprint } from "../../events/run-event.ts";
import { changedParts } from "../../execution/resume/fingerprint.ts";
import { parameterWords } from "../../execution/resume/run-commands.ts";
import type { RunDetails } from "../../state/run-store.ts";

/** What a window would run with now. */
export interface AskedFor {
  readonly hyperparams?: Readonly<Record<string, unknown>> | undefined;
  readonly fingerprints: ReadonlyMap<string, NodeFingerprint>;
}

/** What a run of a window ran with that is not what is asked for now, as words; `undefined` when it is the same. */
export function differences(run: RunDetails, { hyperparams, fingerprints }: AskedFor): string | undefined {
  const before = parameterWords(run.request?.options["hyperparams"]).sort();
  const now = parameterWords(hyperparams).sort();
  const sameGiven = before.join(" ") === now.join(" ");
  const given = before.length === 0 ? "no --param" : before.map((one) => `--param ${one}`).join(" ");
  const parts = new Set<string>();
  for (const { name, attempts } of run.nodes) {
    const then = attempts.findLast(({ state }) => state === "success")?.fingerprint;
    const wanted = fingerprints.get(name);
    if (then === undefined || wanted === undefined) continue;
    // Every window has its own days.
    for (const part of changedParts({ ...then, window: wanted.window }, wanted)) parts.add(part);
  }
  if (!sameGiven) parts.delete("parameters");
  const words = [
    ...(sameGiven ? [] : [given]),
    ...(parts.size === 0 ? [] : [`other ${[...parts].join(" and ")}`]),
  ];
  return words.length === 0 ? undefined : words.join(" and ");
}
