import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { SecretMask } from "../core/secret-mask.ts";

const secretNames = /password|secret|token|credential|jaas|private.?key|access.?key|account.?key/i;
const inUrl = /(?:password|pwd|secret|token)=([^;&\s]+)|\/\/[^/@\s:]*:([^@\s]+)@/gi;

/** The values among the options of a dataset that nobody may see. */
export function optionSecrets({ options }: DatasetConfig): readonly string[] {
  return Object.entries(options)
    .flatMap(([name, value]) =>
      secretNames.test(name)
        ? [value]
        : [...value.matchAll(inUrl)].map(([, named, inUserInfo]) => named ?? inUserInfo ?? ""),
    )
    .filter((secret) => secret !== "");
}

/** The error without what its dataset's options keep secret: drivers repeat their URL and properties in messages. */
export function withoutSecrets(dataset: DatasetConfig, error: unknown): unknown {
  const mask = new SecretMask();
  for (const secret of optionSecrets(dataset)) mask.add(secret);
  if (!(error instanceof Error) || !tells(error, mask)) return error;
  const masked = (text: string) => mask.text(text);
  const known = error instanceof SparkwrightError ? error : undefined;
  const { hint, position } = known ?? {};
  return new SparkwrightError(known?.code ?? "DATASET_FAILED", masked(error.message), {
    hint: hint === undefined ? undefined : masked(hint),
    position,
    details: { dataset: dataset.name },
  });
}

function tells(error: Error, mask: SecretMask): boolean {
  if (mask.isEmpty) return false;
  const said: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 20; at = at.cause, depth++) {
    const hint: unknown = Reflect.get(at, "hint");
    const server: unknown = Reflect.get(at, "serverMessage");
    const details: unknown = Reflect.get(at, "details");
    said.push(at.message, String(hint), String(server), String(at.stack), JSON.stringify(details ?? null));
  }
  return said.some((text) => mask.text(text) !== text);
}
