import type { Clock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import type { ConnectionTarget } from "./connection-string.ts";
import { clusterIdHeader } from "./databricks.ts";
import { OAuthTokens } from "./databricks-oauth.ts";
import {
  type DatabricksCredentials,
  type DatabricksOptions,
  databricksSettings,
} from "./databricks-settings.ts";
import { parseDatabricksUrl } from "./databricks-url.ts";
import type { DatabricksEnvironment } from "./environment.ts";

/** A workspace to connect to, and who gives its tokens; `undefined` where the caller has a token already. */
export interface DatabricksConnection {
  readonly target: ConnectionTarget;
  readonly token: (() => string | Promise<string>) | undefined;
}

export interface DatabricksRequest {
  /** Of options and connection string only. */
  readonly remote: string | undefined;
  readonly options: DatabricksOptions | undefined;
  readonly environment: DatabricksEnvironment;
  readonly hasToken: boolean;
  readonly ca: Uint8Array | string | undefined;
  readonly clock: Clock;
}

const organizationHeader = "x-databricks-org-id";

/** `undefined` when neither the options nor the connection string are about Databricks. Thrown as `databricksSettings` does. */
export function databricksConnection(request: DatabricksRequest): DatabricksConnection | undefined {
  const { remote, options, environment, hasToken, ca, clock } = request;
  const isAddress = remote !== undefined && /^\s*(https|databricks):\/\//.test(remote);
  if (!isAddress && options === undefined) return undefined;
  if (!isAddress && remote !== undefined) {
    throw new SparkwrightError(
      "CONNECT_INVALID_URL",
      "Options for Databricks go with an https:// or databricks:// address, or with none.",
      { hint: "Leave the connection string out, or the options." },
    );
  }
  const url = isAddress ? parseDatabricksUrl(remote) : {};
  const settings = databricksSettings({ ...url, ...defined(options ?? {}) }, environment, !hasToken);
  const { host, port, workspaceId, clusterId, credentials } = settings;
  const headers = {
    ...(clusterId === undefined ? {} : { [clusterIdHeader]: clusterId }),
    ...(workspaceId === undefined ? {} : { [organizationHeader]: workspaceId }),
  };
  const { userId, userAgent, sessionId } = url;
  const given = { userId, userAgent, sessionId, token: undefined, maxMessageBytes: undefined };
  const tokenUrl = `https://${host.includes(":") ? `[${host}]` : host}:${port}/oidc/v1/token`;
  return {
    target: { host, port, useSsl: true, headers, ...given },
    token: credentials && tokenProvider(credentials, tokenUrl, ca, clock),
  };
}

function tokenProvider(
  credentials: DatabricksCredentials,
  tokenUrl: string,
  ca: Uint8Array | string | undefined,
  clock: Clock,
): () => string | Promise<string> {
  if (credentials.kind === "pat") return () => credentials.token;
  const { clientId, clientSecret } = credentials;
  const tokens = new OAuthTokens({ tokenUrl, clientId, clientSecret, ca, clock });
  return () => tokens.token();
}

function defined(options: DatabricksOptions): DatabricksOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
