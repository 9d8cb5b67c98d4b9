import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";

/** What an address of Databricks says; only what it names is there. */
export interface DatabricksUrl {
  readonly profile?: string | undefined;
  /** `https://host[:port]` */
  readonly host?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly token?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly serverless?: boolean | undefined;
  readonly userId?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly sessionId?: string | undefined;
}

const names = {
  token: "token",
  client_id: "clientId",
  client_secret: "clientSecret",
  cluster_id: "clusterId",
  "x-databricks-cluster-id": "clusterId",
  user_id: "userId",
  user_agent: "userAgent",
  session_id: "sessionId",
} as const;

/**
 * Parses `https://workspace[/][;key=value…]`, as it is copied from a browser (`/?o=123` names the workspace), and
 * `databricks://[profile][/][;key=value…]`. Messages never contain a parameter's value.
 *
 * Thrown when the text is neither: `CONNECT_INVALID_URL`.
 */
export function parseDatabricksUrl(text: string): DatabricksUrl {
  const [, scheme, rest = ""] = /^\s*(https|databricks):\/\/(.*?)\s*$/s.exec(text) ?? [];
  if (scheme === undefined) throw invalid("it begins with neither https:// nor databricks://");
  const semicolon = rest.indexOf(";");
  const address = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const parameters = readParameters(semicolon < 0 ? "" : rest.slice(semicolon + 1));
  if (scheme === "https") return { ...readWorkspace(address), ...parameters };
  const profile = decode(address.replace(/\/$/, ""), "the profile");
  if (/[/?#@]/.test(profile)) throw invalid("a profile is one word: databricks://profile");
  return profile === "" ? parameters : { profile, ...parameters };
}

function readWorkspace(address: string): DatabricksUrl {
  if (address.includes("@")) throw invalid("it has a user before an @; name the secret with ;token=");
  const url = URL.parse(`https://${address}`);
  if (url === null || url.hostname === "") throw invalid("it names no host");
  if (url.pathname !== "/") throw invalid("it has a path; only parameters may follow the host, after /;");
  const unknown = [...url.searchParams.keys()].find((key) => key !== "o");
  if (unknown !== undefined) throw invalid(`the parameter ${unknown} stands after "?"; write it after "/;"`);
  const workspaceId = url.searchParams.get("o");
  if (workspaceId === null) return { host: url.origin };
  if (!/^\d+$/.test(workspaceId)) throw invalid("the workspace id after ?o= is not a number");
  return { host: url.origin, workspaceId };
}

function readParameters(text: string): DatabricksUrl {
  const found: Record<string, string | boolean> = {};
  for (const part of text.split(";").filter((part) => part.trim() !== "")) {
    const equals = part.indexOf("=");
    if (equals < 0) throw invalid('a parameter has no "="; parameters are key=value, separated by ";"');
    const key = part.slice(0, equals).trim();
    const value = decode(part.slice(equals + 1), `the value of ${key}`);
    if (value.trim() === "") throw invalid(`the parameter ${key} is empty; give it a value or leave it out`);
    const name = key === "serverless" ? key : names[key as keyof typeof names];
    if (name === undefined) throw unknownParameter(key);
    if (name in found) throw invalid(`the parameter ${key} stands there twice`);
    if (name === "serverless" && !/^(true|false)$/i.test(value)) {
      throw invalid("the parameter serverless is neither true nor false");
    }
    found[name] = name === "serverless" ? value.toLowerCase() === "true" : value;
  }
  return found;
}

function unknownParameter(key: string): SparkwrightError {
  const known = [...Object.keys(names), "serverless"];
  const meant = suggest(key.toLowerCase(), known);
  return invalid(
    /^[\w-]*$/.test(key) && meant !== undefined
      ? `it has no parameter ${key}; did you mean ${meant}?`
      : `it has a parameter that is none of ${known.join(", ")}`,
  );
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw invalid(`${what} has a malformed percent-encoding (write a literal % as %25)`, cause);
  }
}

function invalid(problem: string, cause?: unknown): SparkwrightError {
  return new SparkwrightError("CONNECT_INVALID_URL", `The Databricks address is not valid: ${problem}.`, {
    hint: "Its form is https://workspace[/;key=value…] or databricks://profile[/;key=value…].",
    cause,
  });
}
