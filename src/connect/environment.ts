import { homedir } from "node:os";
import { join } from "node:path";

/** What the environment says about Databricks. */
export interface DatabricksEnvironment {
  /** DATABRICKS_CONFIG_PROFILE */
  readonly profile: string | undefined;
  /** DATABRICKS_CONFIG_FILE, else ~/.databrickscfg */
  readonly configFile: string;
  /** DATABRICKS_HOST */
  readonly host: string | undefined;
  /** DATABRICKS_TOKEN */
  readonly token: string | undefined;
  /** DATABRICKS_CLIENT_ID */
  readonly clientId: string | undefined;
  /** DATABRICKS_CLIENT_SECRET */
  readonly clientSecret: string | undefined;
  /** DATABRICKS_AUTH_TYPE */
  readonly authType: string | undefined;
  /** DATABRICKS_CLUSTER_ID */
  readonly clusterId: string | undefined;
  /** DATABRICKS_SERVERLESS_COMPUTE_ID; its value is always `auto`. */
  readonly serverlessComputeId: string | undefined;
}

/** What the environment says about connecting; the only reader of these variables. Empty values count as unset. */
export interface ConnectEnvironment {
  /** SPARK_REMOTE */
  readonly remote: string | undefined;
  /** SPARK_CONNECT_AUTHENTICATE_TOKEN */
  readonly token: string | undefined;
  /** SPARK_CONNECT_USER_AGENT */
  readonly userAgent: string | undefined;
  /** SPARK_USER, else USER */
  readonly userId: string | undefined;
  readonly databricks: DatabricksEnvironment;
}

export function readConnectEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ConnectEnvironment {
  return {
    remote: env["SPARK_REMOTE"] || undefined,
    token: env["SPARK_CONNECT_AUTHENTICATE_TOKEN"] || undefined,
    userAgent: env["SPARK_CONNECT_USER_AGENT"] || undefined,
    userId: env["SPARK_USER"] || env["USER"] || undefined,
    databricks: {
      profile: env["DATABRICKS_CONFIG_PROFILE"] || undefined,
      configFile: env["DATABRICKS_CONFIG_FILE"] || join(env["HOME"] || homedir(), ".databrickscfg"),
      host: env["DATABRICKS_HOST"] || undefined,
      token: env["DATABRICKS_TOKEN"] || undefined,
      clientId: env["DATABRICKS_CLIENT_ID"] || undefined,
      clientSecret: env["DATABRICKS_CLIENT_SECRET"] || undefined,
      authType: env["DATABRICKS_AUTH_TYPE"] || undefined,
      clusterId: env["DATABRICKS_CLUSTER_ID"] || undefined,
      serverlessComputeId: env["DATABRICKS_SERVERLESS_COMPUTE_ID"] || undefined,
    },
  };
}
