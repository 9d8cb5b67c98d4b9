import { join, resolve } from "node:path";
import { checkOwn, makeOwnFolder } from "../core/own-files.ts";

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

/** Makes the folder, for its owner only. Thrown when anything in it is not the user's own: `FILE_NOT_OWN`. */
export function createStateFolder(folder: StateFolder): void {
  makeOwnFolder(folder.path);
  const { project: _project, ...own } = folder;
  for (const path of [...Object.values(own), `${own.log}.1`]) checkOwn(path);
}
