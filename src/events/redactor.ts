import type { EventError } from "./event-error.ts";
import type { RunEventBody } from "./run-event.ts";

const mask = "***";

/** Replaces registered secrets in what leaves the process. Names and ids of a project are never touched. */
export class Redactor {
  /** Longest first, so that a secret which contains another one is masked whole. */
  #secrets: string[] = [];

  /** Registers a value together with the forms in which URLs, headers and JSON carry it. */
  add(secret: string | undefined): void {
    if (secret === undefined || secret === "") return;
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
    ];
    this.#secrets = [...new Set([...this.#secrets, ...forms])].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text);
  }

  error(error: EventError): EventError {
    return this.#value(error);
  }

  /** The event with its free text cleaned: messages, hints, causes, stacks, log fields, values of checked rows. */
  event(event: RunEventBody): RunEventBody {
    if (this.#secrets.length === 0) return event;
    switch (event.type) {
      case "node_log":
        return { ...event, message: this.text(event.message), fields: this.#value(event.fields) };
      case "node_retrying":
      case "node_failed":
      case "circuit_opened":
      case "subscriber_failed":
        return { ...event, error: this.error(event.error) };
      case "node_skipped":
        return { ...event, ...(event.error && { error: this.error(event.error) }) };
      case "dataset_checked":
        return {
          ...event,
          checks: event.checks.map((check) =>
            check.example === undefined ? check : { ...check, example: this.text(check.example) },
          ),
        };
      default:
        // A summary is made of errors that went through here before.
        return event;
    }
  }

  #value<T>(value: T): T {
    if (typeof value === "string") return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item)) as T;
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [this.text(key), this.#value(item)]);
    return Object.fromEntries(entries) as T;
  }
}
