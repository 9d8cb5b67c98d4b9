import { SparkwrightError } from "../core/error.ts";
import { type DatabricksProfile, readProfile } from "./databricks-profiles.ts";
import type { DatabricksUrl } from "./databricks-url.ts";
import type { DatabricksEnvironment } from "./environment.ts";

/** Which workspace of Databricks to connect to, what on it, and as whom; what is left out is looked for elsewhere. */
export interface DatabricksOptions {
  /** The name of a profile of the configuration file. @default DATABRICKS_CONFIG_PROFILE */
  readonly profile?: string | undefined;
  /** @default DATABRICKS_CONFIG_FILE, else ~/.databrickscfg */
  readonly configFile?: string | undefined;
  /** `https://workspace` or the host alone. @default DATABRICKS_HOST */
  readonly host?: string | undefined;
  /** A personal access token. @default DATABRICKS_TOKEN */
  readonly token?: string | undefined;
  /** Of a service principal, for OAuth machine-to-machine. @default DATABRICKS_CLIENT_ID */
  readonly clientId?: string | undefined;
  /** @default DATABRICKS_CLIENT_SECRET */
  readonly clientSecret?: string | undefined;
  /** @default DATABRICKS_CLUSTER_ID */
  readonly clusterId?: string | undefined;
  /** Serverless compute in place of a cluster. @default whether DATABRICKS_SERVERLESS_COMPUTE_ID is set */
  readonly serverless?: boolean | undefined;
}

export type DatabricksCredentials =
  | { readonly kind: "pat"; readonly token: string }
  | { readonly kind: "oauth-m2m"; readonly clientId: string; readonly clientSecret: string };

/** Everything that is needed to connect. */
export interface DatabricksSettings {
  readonly host: string;
  readonly port: number;
  readonly workspaceId: string | undefined;
  /** `undefined` only where none were asked for. */
  readonly credentials: DatabricksCredentials | undefined;
  /** `undefined` is serverless compute. */
  readonly clusterId: string | undefined;
}

/** One place that settings come from; `name` is what a message calls it. */
interface Source {
  readonly name: string;
  readonly host: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly token: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly authType?: string | undefined;
  readonly clusterId: string | undefined;
  readonly serverless: boolean | undefined;
}

const places =
  "Give them in code, in a profile of ~/.databrickscfg, or in the environment; see docs/databricks.md.";

/**
 * Settings from code and address first, then from the profile that is named there or by DATABRICKS_CONFIG_PROFILE, then
 * from the other variables of the environment, then from the default profile. Credentials and compute are those of the
 * first place that has any, but never of a place that names another workspace than the one connected to.
 *
 * Thrown when something is missing or ambiguous: `DATABRICKS_*`, naming the place and no secret.
 */
export function databricksSettings(
  given: DatabricksOptions & DatabricksUrl,
  environment: DatabricksEnvironment,
  needsCredentials: boolean,
): DatabricksSettings {
  const sources = sourcesOf(given, environment);
  const withHost = sources.find((source) => source.host !== undefined);
  if (withHost?.host === undefined) {
    throw new SparkwrightError("DATABRICKS_NO_HOST", "No workspace of Databricks is named.", {
      hint: `Name one as https://workspace, or a profile that has a host. ${places}`,
    });
  }
  const { hostname, port } = workspaceUrl(withHost.host, withHost.name);
  const ofWorkspace = sources.filter(
    ({ host, name }) => host === undefined || workspaceUrl(host, name).hostname === hostname,
  );
  const address = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 443) };
  return {
    ...address,
    workspaceId: withHost.workspaceId,
    credentials: needsCredentials ? credentialsOf(ofWorkspace, hostname) : undefined,
    clusterId: clusterIdOf(ofWorkspace),
  };
}

function sourcesOf(given: DatabricksOptions & DatabricksUrl, environment: DatabricksEnvironment): Source[] {
  const { profile = environment.profile } = given;
  const file = given.configFile ?? environment.configFile;
  const named = profile === undefined ? undefined : readProfile(file, profile);
  const byDefault = profile === undefined ? readProfile(file, undefined) : undefined;
  return [
    {
      name: "the options",
      ...pick(given),
      workspaceId: given.workspaceId,
      serverless: given.serverless,
    },
    ...(named === undefined ? [] : [profileSource(named, `the profile ${profile}`)]),
    {
      name: "the environment",
      ...pick(environment),
      authType: environment.authType,
      serverless: environment.serverlessComputeId === undefined ? undefined : true,
    },
    ...(byDefault === undefined ? [] : [profileSource(byDefault, "the default profile")]),
  ];
}

function pick(from: DatabricksOptions): Omit<Source, "name" | "serverless"> {
  const { host, token, clientId, clientSecret, clusterId } = from;
  return { host, token, clientId, clientSecret, clusterId };
}

function profileSource(profile: DatabricksProfile, name: string): Source {
  return {
    name,
    host: profile.get("host"),
    workspaceId: profile.get("workspace_id"),
    token: profile.get("token"),
    clientId: profile.get("client_id"),
    clientSecret: profile.get("client_secret"),
    authType: profile.get("auth_type"),
    clusterId: profile.get("cluster_id"),
    serverless: profile.has("serverless_compute_id") ? true : undefined,
  };
}

function workspaceUrl(host: string, source: string): URL {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(host) ? host : `https://${host}`);
  if (url?.protocol === "https:" && url.hostname !== "" && url.username === "") return url;
  throw new SparkwrightError("DATABRICKS_INVALID_HOST", `The host in ${source} is no https:// address.`, {
    hint: "Write https://workspace, as the browser shows it.",
  });
}

function credentialsOf(sources: readonly Source[], host: string): DatabricksCredentials {
  for (const source of sources) {
    const { name, token, clientId, clientSecret, authType } = source;
    if (authType !== undefined && authType !== "pat" && authType !== "oauth-m2m") {
      throw new SparkwrightError(
        "DATABRICKS_AUTH_TYPE",
        `${name} has auth_type ${authType}, which is not supported.`,
        { hint: "Use pat or oauth-m2m, or pass a function as token, which is asked before every call." },
      );
    }
    const asked = authType ?? (token !== undefined && clientId !== undefined ? "both" : undefined);
    if (asked === "both") {
      throw new SparkwrightError("DATABRICKS_AMBIGUOUS", `${name} has a token and a client id.`, {
        hint: "Keep one of them, or say which by auth_type = pat or auth_type = oauth-m2m.",
      });
    }
    if (token !== undefined && asked !== "oauth-m2m") return { kind: "pat", token };
    if ((clientId === undefined) !== (clientSecret === undefined)) {
      const [has, lacks] = clientId === undefined ? ["secret", "id"] : ["id", "secret"];
      throw new SparkwrightError(
        "DATABRICKS_NO_CREDENTIALS",
        `${name} has a client ${has}, no client ${lacks}.`,
        {
          hint: "OAuth machine-to-machine needs both.",
        },
      );
    }
    if (clientId !== undefined && clientSecret !== undefined && asked !== "pat") {
      return { kind: "oauth-m2m", clientId, clientSecret };
    }
  }
  throw new SparkwrightError("DATABRICKS_NO_CREDENTIALS", `There are no credentials for ${host}.`, {
    hint: `A personal access token, or the client id and secret of a service principal. ${places}`,
  });
}

function clusterIdOf(sources: readonly Source[]): string | undefined {
  for (const { name, clusterId, serverless } of sources) {
    if (clusterId !== undefined && serverless === true) {
      throw new SparkwrightError("DATABRICKS_AMBIGUOUS", `${name} has a cluster id and serverless compute.`, {
        hint: "Keep one of them.",
      });
    }
    if (clusterId !== undefined) return clusterId;
    if (serverless === true) return undefined;
  }
  throw new SparkwrightError("DATABRICKS_NO_COMPUTE", "It is not said what to run on.", {
    hint: `Name a cluster id, or serverless compute. ${places}`,
  });
}
