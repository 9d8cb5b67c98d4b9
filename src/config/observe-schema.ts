import type * as z from "zod";
import { defined } from "./defined.ts";
import { flag, issue, listOf, matching, oneOf, record, text, textMap } from "./fields.ts";
import { optional } from "./optional.ts";
import type { ObserveSettings, WebhookConfig } from "./project.ts";
import { pathField } from "./server-path.ts";

// Addresses of webhooks are often their own password.
const url = () => matching(/^https?:\/\/[^\s/]+/i, "a URL, http:// or https://", { secret: true });

const lineage = record(
  {
    file: optional(
      pathField("a file's path, without ~ or $HOME"),
      "File that OpenLineage events are appended to",
    ),
    url: optional(url(), "URL that they are posted to, instead"),
    namespace: optional(text(), "Namespace of the jobs", "sparkwright"),
    api_key: optional(text(), "Sent as `Authorization: Bearer`"),
  },
  "a map with a file or a url",
).check(({ value, issues }) => {
  if ((value.file === undefined) === (value.url === undefined)) {
    const hint = "Keep one of `file` and `url`.";
    issues.push(issue(value, "a map with either a file or a url", { hint, clash: ["file", "url"] }));
  }
});

const webhook = record(
  {
    url: url().describe("Address that gets a POST"),
    on: optional(
      listOf(oneOf(["failure", "success", "cancelled"]), "failure, success and cancelled"),
      "Ends of a run that it is told of",
      ["failure"],
    ),
    headers: optional(textMap(), "Headers of the request"),
  },
  "a map of url, on and headers",
).transform(({ url, on = ["failure" as const], headers = {} }): WebhookConfig => ({ url, on, headers }));

/** The observers of the settings; a relative file is still relative to the project. */
export function observeField(): z.ZodType<ObserveSettings> {
  return record(
    {
      lineage: optional(lineage, "OpenLineage events"),
      tracing: optional(
        flag(),
        "OpenTelemetry spans, through the provider that is registered in the process",
        false,
      ),
      webhooks: optional(
        listOf(webhook, "maps of url, on and headers", { ofMaps: true }),
        "Addresses that are told how a run ended",
      ),
    },
    "a map of lineage, tracing and webhooks",
  ).transform(({ lineage: to, ...others }): ObserveSettings => {
    const { file, url, namespace = "sparkwright", api_key: apiKey } = to ?? {};
    return defined({ ...others, lineage: to && defined({ file, url, namespace, apiKey }) });
  });
}
