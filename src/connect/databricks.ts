import { randomUUID } from "node:crypto";

export const clusterIdHeader = "x-databricks-cluster-id";
export const sessionIdHeader = "x-databricks-session-id";

export function isDatabricksHost(host: string): boolean {
  return /\.(databricks\.(com|us|mil)|azuredatabricks\.(net|us)|databricks\.azure\.(cn|us))$/i.test(host);
}

/** Whether a connection string names a workspace or a profile of Databricks, or a host of theirs. */
export function isDatabricksRemote(remote: string): boolean {
  if (/^\s*(https|databricks):\/\//.test(remote)) return true;
  const host = /^\s*sc:\/\/([^/;:]*)/.exec(remote)?.[1];
  return host !== undefined && isDatabricksHost(host);
}

/** Serverless compute has no cluster id; it finds the session by a header that equals the session id. */
export function withDatabricksHeaders(
  headers: Readonly<Record<string, string>>,
  sessionId: string | undefined,
): Readonly<Record<string, string>> {
  if (clusterIdHeader in headers) return headers;
  return { ...headers, [sessionIdHeader]: sessionId ?? headers[sessionIdHeader] ?? randomUUID() };
}
