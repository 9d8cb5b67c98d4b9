import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { SparkwrightError } from "../core/error.ts";
import type { Artifact } from "./artifacts.ts";

/**
 * What an artifact is for: `jar` puts classes on the session's class path; `file` is put into the working directory
 * of the session's tasks; `archive` (.zip, .jar, .tar.gz, .tgz, .tar) is unpacked there, into a folder of the
 * name after a `#` at the end of its own.
 */
export type ArtifactKind = "jar" | "file" | "archive";

/** A file on this machine, by path or `file:` URL; or a name and the bytes. */
export type ArtifactSource = string | URL | { readonly name: string; readonly data: Uint8Array };

const folders: Readonly<Record<ArtifactKind, string>> = { jar: "jars", file: "files", archive: "archives" };

/**
 * An artifact for upload. A file is not read yet.
 *
 * Thrown when there is no such file, or the name does not fit the kind: `USAGE_ARTIFACT`.
 */
export async function artifactOf(source: ArtifactSource, kind?: ArtifactKind): Promise<Artifact> {
  if (typeof source === "object" && "data" in source) {
    return { name: artifactName(source.name, kind), data: source.data };
  }
  const given = source instanceof URL || source.startsWith("file:") ? fileURLToPath(source) : source;
  const mark = kind === "archive" ? given.lastIndexOf("#") : -1;
  const path = mark < 0 ? given : given.slice(0, mark);
  const name = `${basename(path)}${mark < 0 ? "" : given.slice(mark)}`;
  return { name: artifactName(name, kind), data: await localFile(path) };
}

/**
 * A file for a place in the file system of the server.
 *
 * Thrown when there is no such file, or the destination is not an absolute path: `USAGE_ARTIFACT`.
 */
export async function forwardedFile(localPath: string, destination: string): Promise<Artifact> {
  if (!destination.startsWith("/")) {
    throw unusable(
      `"${destination}" is not an absolute path`,
      "Give a path that begins with / and has no scheme: it is in the default file system of the server.",
    );
  }
  return { name: `forward_to_fs${destination}`, data: await localFile(localPath) };
}

async function localFile(path: string): Promise<{ readonly path: string; readonly bytes: number }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unusable(
      `there is no file "${path}" to upload`,
      "Check the path, which is one of this machine.",
      cause,
    );
  });
  if (!found.isFile()) throw unusable(`"${path}" is not a file`, "Pack a folder into an archive first.");
  return { path, bytes: found.size };
}

function artifactName(name: string, kind: ArtifactKind = "jar"): string {
  if (name === "" || name.startsWith("/") || name.split("/").includes("..")) {
    throw unusable(`an artifact cannot be called "${name}"`, "Give a relative path without ..");
  }
  if (!Object.hasOwn(folders, kind)) {
    throw unusable(`"${kind}" is not a kind of artifact`, `Use one of ${Object.keys(folders).join(", ")}.`);
  }
  if (kind === "jar" && !name.endsWith(".jar")) {
    throw unusable(`"${name}" is not a .jar`, 'Say what it is: { as: "file" } or { as: "archive" }.');
  }
  if (kind === "archive" && !/\.(zip|jar|tar\.gz|tgz|tar)(#.*)?$/.test(name)) {
    throw unusable(`"${name}" is no archive that Spark unpacks`, "Use .zip, .jar, .tar.gz, .tgz or .tar.");
  }
  return `${folders[kind]}/${name}`;
}

function unusable(problem: string, hint: string, cause?: unknown): SparkwrightError {
  return new SparkwrightError("USAGE_ARTIFACT", problem, { hint, cause });
}
