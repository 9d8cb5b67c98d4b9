import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";

/** Where and how to connect, as a connection string says it. */
export interface ConnectionTarget {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  /** `undefined` when the string does not say. */
  readonly useSsl: boolean | undefined;
  readonly userId: string | undefined;
  readonly userAgent: string | undefined;
  readonly sessionId: string | undefined;
  readonly maxMessageBytes: number | undefined;
  /** Every other parameter: gRPC metadata to send with each call. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultPort = 15_002;
const form = "sc://host[:port][/;key=value[;key=value…]]";
const reserved = [
  "token",
  "use_ssl",
  "user_id",
  "user_agent",
  "session_id",
  "grpc_max_message_size",
] as const;
type Reserved = (typeof reserved)[number];

/**
 * Parses `sc://host[:port][/;k=v…]`. Parameters are split first and percent-decoded after; the `/` before the
 * first `;` may be missing and empty parameters are passed over. Messages never contain a parameter's value,
 * since any of them may be a secret.
 *
 * Thrown when the text is no connection string: `CONNECT_INVALID_URL`, naming the part.
 * @see https://github.com/apache/spark/blob/master/sql/connect/docs/client-connection-string.md
 */
export function parseConnectionString(text: string): ConnectionTarget {
  const trimmed = text.trim();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(trimmed)?.[1];
  if (scheme !== "sc") {
    throw invalid(
      scheme === undefined ? "it does not begin with sc://" : `its scheme is ${scheme}://, not sc://`,
    );
  }
  const rest = trimmed.slice("sc://".length);
  const semicolon = rest.indexOf(";");
  const address = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const parameters = readParameters(semicolon < 0 ? "" : rest.slice(semicolon));
  const headers = readHeaders(parameters);
  const { host, port } = readAddress(address);
  return {
    host,
    port,
    token: nonEmpty(parameters, "token"),
    useSsl: readBoolean(parameters, "use_ssl"),
    userId: nonEmpty(parameters, "user_id"),
    userAgent: nonEmpty(parameters, "user_agent"),
    sessionId: readSessionId(parameters),
    maxMessageBytes: readPositiveInteger(parameters, "grpc_max_message_size"),
    headers,
  };
}

/** Whether a host is this machine itself, so that a token may travel unencrypted. */
export function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || /^127(\.\d{1,3}){3}$/.test(host) || host === "::1";
}

/** `host:port`, an IPv6 host in brackets. */
export function formatAddress(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function readAddress(address: string): { host: string; port: number } {
  if (address.includes("@")) {
    throw invalid("it has a user before an @; name the user with user_id and the secret with token");
  }
  const authority = address.endsWith("/") ? address.slice(0, -1) : address;
  const wrong = /[?#]/.exec(authority)?.[0];
  if (wrong === undefined && authority.includes("/"))
    throw invalid("it has a path; only parameters may follow the host, after /;");
  if (wrong !== undefined) throw invalid(`parameters follow the host after "/;", not after "${wrong}"`);
  const match = /^(?:\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|([\p{L}\p{N}._-]+))(?::(.*))?$/u.exec(authority);
  if (match === null) {
    if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(authority)) {
      throw invalid("an IPv6 host is written in brackets: sc://[::1]:15002");
    }
    if (authority === "" || authority.startsWith(":")) throw invalid("the host is missing");
    throw invalid(`${quoted(authority)} is not host[:port]`);
  }
  const port = match[3] === undefined ? defaultPort : Number(match[3]);
  if (match[3] !== undefined && (!/^\d{1,5}$/.test(match[3]) || port < 1 || port > 65_535)) {
    throw invalid(`the port ${quoted(match[3])} is not a number from 1 to 65535`);
  }
  return { host: match[1] ?? match[2] ?? "", port };
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(";")) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) throw invalid('a parameter has no "="; parameters are key=value, separated by ";"');
    const key = decode(part.slice(0, equals).trim(), "the name of a parameter");
    if (key === "") throw invalid("a parameter has no name before its =");
    if (parameters.has(key)) throw invalid(`the parameter ${key} stands there twice`);
    parameters.set(key, decode(part.slice(equals + 1), `the value of ${key}`));
  }
  return parameters;
}

function readHeaders(parameters: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, value] of parameters) {
    if (reserved.some((name) => name === key)) continue;
    const meant = reserved.find((name) => name === key.toLowerCase().replaceAll("-", "_"));
    if (meant !== undefined) throw invalid(`the parameter ${key} is written ${meant}`);
    const problem = headerProblem(key, value);
    if (problem !== undefined) throw invalid(problem);
    headers[key.toLowerCase()] = value;
  }
  return headers;
}

/** Why a pair cannot be gRPC metadata, or `undefined` when it can. Never quotes the value. */
export function headerProblem(key: string, value: string): string | undefined {
  const meant = suggest(key.toLowerCase(), reserved);
  const hint = meant === undefined ? "" : ` (did you mean ${meant}?)`;
  if (!/^[0-9A-Za-z_.-]+$/.test(key)) return `the parameter name "${key}" cannot be a header name${hint}`;
  if (/^grpc-/i.test(key) || /-bin$/i.test(key)) return `the header ${key} is reserved by gRPC`;
  if (!/^[\x20-\x7e]*$/.test(value)) return `the value of ${key} has characters that a header cannot carry`;
  return undefined;
}

/** Quotes a part, unless a secret may have slipped into it. */
function quoted(part: string): string {
  return part.includes("=") ? "what stands there" : `"${part}"`;
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw invalid(`${what} has a malformed percent-encoding (write a literal % as %25)`, cause);
  }
}

function nonEmpty(parameters: ReadonlyMap<string, string>, key: Reserved): string | undefined {
  const value = parameters.get(key);
  if (value !== undefined && value.trim() === "") {
    throw invalid(`the parameter ${key} is empty; give it a value or leave it out`);
  }
  return value;
}

function readBoolean(parameters: ReadonlyMap<string, string>, key: Reserved): boolean | undefined {
  const value = nonEmpty(parameters, key)?.toLowerCase();
  if (value === undefined) return undefined;
  if (value !== "true" && value !== "false") throw invalid(`the parameter ${key} is neither true nor false`);
  return value === "true";
}

function readSessionId(parameters: ReadonlyMap<string, string>): string | undefined {
  const value = nonEmpty(parameters, "session_id");
  if (value !== undefined && !isUuid(value)) throw invalid("the parameter session_id is not a UUID");
  return value;
}

function readPositiveInteger(parameters: ReadonlyMap<string, string>, key: Reserved): number | undefined {
  const value = nonEmpty(parameters, key);
  if (value === undefined) return undefined;
  if (!/^\d{1,10}$/.test(value) || Number(value) < 1 || Number(value) > 0x7fff_ffff) {
    throw invalid(`the parameter ${key} is not a number of bytes from 1 to 2147483647`);
  }
  return Number(value);
}

function invalid(problem: string, cause?: unknown): SparkwrightError {
  return new SparkwrightError(
    "CONNECT_INVALID_URL",
    `The Spark connection string is not valid: ${problem}.`,
    {
      hint: `Its form is ${form}; values are percent-encoded.`,
      cause,
    },
  );
}
