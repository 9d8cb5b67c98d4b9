import { type DescMessage, fromBinary, type MessageShape } from "@bufbuild/protobuf";
import { ErrorInfoSchema, RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.ts";
import { StatusSchema } from "../../gen/google/rpc/status_pb.ts";
import type { RpcError } from "./transport.ts";

/** What the status of a failed RPC says about it, before FetchErrorDetails is asked. */
export interface ErrorFacts {
  readonly message: string;
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  readonly errorId: string | undefined;
  readonly classes: readonly string[];
  readonly messageParameters: Readonly<Record<string, string>>;
  /** How long the server asks to wait before the next attempt, ms. */
  readonly retryDelayMs: number | undefined;
}

const read = new WeakMap<RpcError, ErrorFacts>();

/** Reads `grpc-status-details-bin`; what cannot be read is passed over, since it must not hide the error itself. */
export function errorFacts(error: RpcError): ErrorFacts {
  const known = read.get(error);
  if (known !== undefined) return known;
  const facts = readFacts(error);
  read.set(error, facts);
  return facts;
}

function readFacts(error: RpcError): ErrorFacts {
  let message = error.message;
  let metadata: Readonly<Record<string, string>> = {};
  let retryDelayMs: number | undefined;
  try {
    const status = error.statusDetails && fromBinary(StatusSchema, error.statusDetails);
    if (status?.message) message = status.message;
    for (const detail of status?.details ?? []) {
      const delay = unpack(detail, RetryInfoSchema)?.retryDelay;
      if (delay !== undefined) retryDelayMs = Number(delay.seconds) * 1_000 + delay.nanos / 1e6;
      metadata = unpack(detail, ErrorInfoSchema)?.metadata ?? metadata;
    }
  } catch {
    // A proxy may have cut the trailer short.
  }
  return {
    message,
    errorClass: metadata["errorClass"] || /^\s*(?:\([\w.$]+\)\s*)?\[([A-Z][A-Z0-9_.]+)\]/.exec(message)?.[1],
    sqlState: metadata["sqlState"] || /SQLSTATE: ([0-9A-Z]{5})/.exec(message)?.[1],
    errorId: metadata["errorId"] || undefined,
    classes: readJson(metadata["classes"], (value): value is string[] => Array.isArray(value)) ?? [],
    messageParameters: readJson(metadata["messageParameters"], isRecord) ?? {},
    retryDelayMs,
  };
}

function unpack<D extends DescMessage>(
  packed: { readonly typeUrl: string; readonly value: Uint8Array },
  schema: D,
): MessageShape<D> | undefined {
  return packed.typeUrl.endsWith(`/${schema.typeName}`) ? fromBinary(schema, packed.value) : undefined;
}

function readJson<T>(text: string | undefined, is: (value: unknown) => value is T): T | undefined {
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
