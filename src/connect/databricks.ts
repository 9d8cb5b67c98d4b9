import { randomUUID } from "node:crypto";

export const clusterIdHeader = "x-databricks-cluster-id";
export const sessionIdHeader = "x-databricks-session-id";

export function isDatabricksHost(host: string): boolean {
  return /\.(databricks\.(com|us|mil)|azuredatabricks\.(net|us)|databricks\.azure\.(cn|us))$/i.test(host);
}

/** Serverless compute has no cluster id; it finds the session by a header that equals the session id. */
export function withDatabricksHeaders(
  host: string,
  headers: Readonly<Record<string, string>>,
  sessionId: string = randomUUID(),
): Readonly<Record<string, string>> {
  if (!isDatabricksHost(host) || clusterIdHeader in headers || sessionIdHeader in headers) return headers;
  return { ...headers, [sessionIdHeader]: sessionId };
}
