import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder } from "../core/make-folder.ts";

/** Where one project's server keeps what it needs: `<project>/.sparkwright/spark`. */
export interface StateFolder {
  readonly project: string;
  readonly path: string;
  readonly discovery: string;
  readonly log: string;
  /** Empty unless a supervisor died of an error of its own. */
  readonly supervisorLog: string;
  /** Held by the supervisor for as long as it lives. */
  readonly lock: string;
  readonly sparkConf: string;
  readonly logConf: string;
  readonly warehouse: string;
  readonly metastore: string;
  readonly temporary: string;
  /** What a server writes at its end, see `class-archive.ts`. */
  readonly recordedClasses: string;
}

export function stateFolder(projectDir: string): StateFolder {
  const project = resolve(projectDir);
  const path = join(project, ".sparkwright", "spark");
  return {
    project,
    path,
    discovery: join(path, "server.json"),
    log: join(path, "server.log"),
    supervisorLog: join(path, "supervisor.log"),
    lock: join(path, "supervisor.lock"),
    sparkConf: join(path, "spark.conf"),
    logConf: join(path, "log4j2.properties"),
    warehouse: join(path, "warehouse"),
    metastore: join(path, "metastore"),
    temporary: join(path, "tmp"),
    recordedClasses: join(path, "tmp", "classes.jsa"),
  };
}

/** Makes the folder, for its owner only, and keeps it out of the project's repository. */
export function createStateFolder(folder: StateFolder): void {
  makeFolder(folder.path);
  chmodSync(folder.path, 0o700);
  const ignore = join(folder.project, ".sparkwright", ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
}

/** Writes a file that only its owner may read, also when it was there with another mode. */
export function writePrivateFile(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
}
