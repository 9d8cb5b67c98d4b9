import type * as z from "zod";
import { defined } from "./defined.ts";
import { flag, issue, listOf, matching, oneOf, record, text, textMap } from "./fields.ts";
import type { ObserveSettings, WebhookConfig } from "./project.ts";

// Addresses of webhooks are often their own password.
const url = () => matching(/^https?:\/\/[^\s/]+/i, "a URL, http:// or https://", { secret: true });

const lineage = record(
  {
    file: matching(/^[^\0]+$/, "a file's path").optional(),
    url: url().optional(),
    namespace: text().optional(),
    api_key: text().optional(),
  },
  "a map with a file or a url",
).check(({ value, issues }) => {
  if ((value.file === undefined) === (value.url === undefined)) {
    issues.push(issue(value, "a map with either a file or a url", { hint: "Keep one of `file` and `url`." }));
  }
});

const webhook = record(
  {
    url: url(),
    on: listOf(oneOf(["failure", "success", "cancelled"]), "failure, success and cancelled").optional(),
    headers: textMap().optional(),
  },
  "a map of url, on and headers",
).transform(({ url, on = ["failure" as const], headers = {} }): WebhookConfig => ({ url, on, headers }));

/** The observers of the settings; a relative file is still relative to the project. */
export function observeField(): z.ZodType<ObserveSettings> {
  return record(
    {
      lineage: lineage.optional(),
      tracing: flag().optional(),
      webhooks: listOf(webhook, "maps of url, on and headers").optional(),
    },
    "a map of lineage, tracing and webhooks",
  ).transform(({ lineage: to, ...others }): ObserveSettings => {
    const { file, url, namespace = "sparkwright", api_key: apiKey } = to ?? {};
    return defined({ ...others, lineage: to && defined({ file, url, namespace, apiKey }) });
  });
}
