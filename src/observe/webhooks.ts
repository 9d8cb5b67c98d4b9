import type { WebhookConfig } from "../config/project.ts";
import type { RunEvent } from "../events/run-event.ts";
import type { RunStatus } from "../events/run-summary.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import { httpPost, originOf } from "./http-post.ts";
import type { Observer } from "./observer.ts";
import { type RunWindow, webhookPayload } from "./webhook-payload.ts";

const occasions: Readonly<Record<RunStatus, WebhookConfig["on"][number]>> = {
  failed: "failure",
  success: "success",
  cancelled: "cancelled",
};

export interface WebhookOptions {
  readonly config: WebhookConfig;
  readonly onLoss: (error: unknown) => void;
  /** Limit of one attempt, milliseconds. @default 3000 */
  readonly timeoutMs?: number;
}

/** Posts how a run ended, when it ended in a way that the webhook wants to know of. */
export function webhookObserver({ config, onLoss, timeoutMs }: WebhookOptions): Observer {
  const { url, headers } = config;
  const deliver = httpPost({ url, headers, ...(timeoutMs !== undefined && { timeoutMs }) });
  const queue = new DeliveryQueue({ deliver, onLoss, target: originOf(url) });
  const windows = new Map<string, RunWindow>();
  return {
    handle(event: RunEvent): void {
      if (event.type === "run_started" || event.type === "run_resumed") {
        if (event.window !== undefined) windows.set(event.runId, event.window);
      }
      if (event.type !== "run_finished") return;
      const window = windows.get(event.runId);
      windows.delete(event.runId);
      if (config.on.includes(occasions[event.status])) queue.send(webhookPayload(event.summary, window));
    },
    close: (graceMs) => queue.close(graceMs),
  };
}
