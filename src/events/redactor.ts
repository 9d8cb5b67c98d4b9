import { SecretMask } from "../core/secret-mask.ts";
import type { EventError } from "./event-error.ts";
import type { RunEventBody } from "./run-event.ts";

/**
 * Masks secrets in the free text of what leaves the process: messages, hints, causes, stacks, log fields, values of
 * checked rows. Names, ids, times and counts of a project are never touched, and texts are masked before they become
 * JSON, which therefore stays JSON whatever a secret is.
 */
export class Redactor extends SecretMask {
  error(error: EventError): EventError {
    if (this.isEmpty) return error;
    const { message, hint, causes, stack } = error;
    return {
      ...error,
      message: this.text(message),
      ...(hint !== undefined && { hint: this.text(hint) }),
      causes: causes.map((cause) => ({ ...cause, message: this.text(cause.message) })),
      ...(stack !== undefined && { stack: this.text(stack) }),
    };
  }

  event(event: RunEventBody): RunEventBody {
    if (this.isEmpty) return event;
    switch (event.type) {
      case "node_log":
        return { ...event, message: this.text(event.message), fields: this.value(event.fields) };
      case "node_retrying":
      case "node_failed":
      case "circuit_opened":
      case "subscriber_failed":
        return { ...event, error: this.error(event.error) };
      case "node_skipped":
        return { ...event, ...(event.error && { error: this.error(event.error) }) };
      case "run_resumed":
        return { ...event, nodes: event.nodes.map((node) => ({ ...node, reason: this.text(node.reason) })) };
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
}
