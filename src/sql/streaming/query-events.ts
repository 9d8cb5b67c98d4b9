import {
  type StreamingQueryListenerEvent,
  StreamingQueryEventType as Type,
} from "../../../gen/spark/connect/commands_pb.ts";
import { JsonFields } from "./json-fields.ts";
import { progressOf } from "./parse-progress.ts";
import type {
  QueryIdleEvent,
  QueryProgressEvent,
  QueryStartedEvent,
  QueryTerminatedEvent,
} from "./streaming-query-listener.ts";

/** An event, and the method of a listener that it is for. */
export type QueryEvent =
  | { readonly method: "onQueryStarted"; readonly event: QueryStartedEvent }
  | { readonly method: "onQueryProgress"; readonly event: QueryProgressEvent }
  | { readonly method: "onQueryIdle"; readonly event: QueryIdleEvent }
  | { readonly method: "onQueryTerminated"; readonly event: QueryTerminatedEvent };

/** The event in the answer to a start. Thrown when it is none: `CONNECT_MALFORMED_EVENT`. */
export function startedEvent(json: string): QueryEvent {
  const fields = JsonFields.parse(json, "started");
  return {
    method: "onQueryStarted",
    event: {
      id: fields.text("id"),
      runId: fields.text("runId"),
      name: fields.textOrNull("name"),
      timestamp: fields.timestamp("timestamp"),
      jobTags: fields.list("jobTags").map(String),
    },
  };
}

/** The event that the server sent; `undefined` for one of a kind that only a newer server has. */
export function queryEvent({ eventType, eventJson }: StreamingQueryListenerEvent): QueryEvent | undefined {
  switch (eventType) {
    case Type.QUERY_PROGRESS_EVENT: {
      const fields = JsonFields.parse(eventJson, "event");
      return {
        method: "onQueryProgress",
        event: { progress: progressOf(fields.object("progress"), JSON.stringify(fields.raw("progress"))) },
      };
    }
    case Type.QUERY_IDLE_EVENT: {
      const fields = JsonFields.parse(eventJson, "idle");
      return {
        method: "onQueryIdle",
        event: {
          id: fields.text("id"),
          runId: fields.text("runId"),
          timestamp: fields.timestamp("timestamp"),
        },
      };
    }
    case Type.QUERY_TERMINATED_EVENT: {
      const fields = JsonFields.parse(eventJson, "terminated");
      return {
        method: "onQueryTerminated",
        event: {
          id: fields.text("id"),
          runId: fields.text("runId"),
          exception: fields.textOrNull("exception"),
          errorClassOnException: fields.textOrNull("errorClassOnException"),
        },
      };
    }
    default:
      return undefined;
  }
}
