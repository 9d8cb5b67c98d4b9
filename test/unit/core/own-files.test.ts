import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import {
  checkOwn,
  emptyOwnFolder,
  makeOwnFolder,
  openOwnFile,
  removeOwnFolder,
  writeOwnFile,
} from "../../../src/core/own-files.ts";
import { openLog, readLogTail } from "../../../src/server/server-log.ts";
import { createStateFolder, stateFolder } from "../../../src/server/state-folder.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";

interface Place {
  /** A project that was cloned. */
  readonly project: string;
  /** A folder outside it, with a file that nobody may touch. */
  readonly elsewhere: string;
  readonly precious: string;
  readonly own: string;
}

function place(): Place {
  const root = mkdtempSync(join(tmpdir(), "own-files-"));
  const [project, elsewhere] = [join(root, "project"), join(root, "elsewhere")];
  const own = join(project, ".sparkwright");
  for (const folder of [own, join(elsewhere, "tmp")]) mkdirSync(folder, { recursive: true });
  const precious = join(elsewhere, "tmp", "precious");
  writeFileSync(precious, "precious", { mode: 0o644 });
  return { project, elsewhere, precious, own };
}

function refused(run: () => unknown, path: string): void {
  expect(run).to.throw(SparkwrightError, path).that.includes({ code: "FILE_NOT_OWN" });
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("what a project keeps for itself", () => {
  it("is not written through a link to a folder", () => {
    const { project, elsewhere, precious, own } = place();
    symlinkSync(elsewhere, join(own, "spark"));
    const folder = stateFolder(project);
    refused(() => createStateFolder(folder), folder.path);
    refused(() => emptyOwnFolder(folder.temporary), folder.path);
    refused(() => removeOwnFolder(folder.temporary), folder.path);
    refused(() => writeOwnFile(folder.sparkConf, "token"), folder.path);
    expect(readFileSync(precious, "utf8")).to.equal("precious");
    expect(existsSync(join(elsewhere, "spark.conf"))).to.equal(false);
  });

  it("is not written when the whole of it is a link", () => {
    const { project, elsewhere, own } = place();
    removeOwnFolder(own);
    symlinkSync(elsewhere, own);
    refused(() => makeOwnFolder(join(own, "logs")), own);
    refused(() => openRunStore(project), own);
    expect(existsSync(join(elsewhere, ".gitignore"))).to.equal(false);
  });

  it("is not written through links to files, whole or dangling, hard or symbolic", () => {
    const { project, elsewhere, precious } = place();
    const folder = stateFolder(project);
    mkdirSync(folder.path);
    symlinkSync(precious, folder.sparkConf);
    symlinkSync(join(elsewhere, "not-there"), folder.logConf);
    linkSync(precious, folder.log);
    for (const file of [folder.sparkConf, folder.logConf, folder.log]) {
      for (const how of ["append", "replace", "update"] as const) refused(() => openOwnFile(file, how), file);
    }
    refused(() => createStateFolder(folder), folder.path);
    refused(() => readLogTail(folder.log), folder.log);
    expect(readFileSync(precious, "utf8")).to.equal("precious");
    expect(existsSync(join(elsewhere, "not-there"))).to.equal(false);
  });

  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    it(`has no database of somebody else's: runs.db${suffix} is a link`, () => {
      const { project, precious, own } = place();
      symlinkSync(precious, join(own, `runs.db${suffix}`));
      refused(() => openRunStore(project), `runs.db${suffix}`);
      expect(readFileSync(precious, "utf8")).to.equal("precious");
    });
  }

  it("is no pipe, which would be waited for for ever", () => {
    const { own } = place();
    execFileSync("mkfifo", [join(own, "runs.db")]);
    refused(() => checkOwn(join(own, "runs.db")), "runs.db");
  });

  it("is not the project's own folder, which may be reached by links", () => {
    const { project } = place();
    const link = `${project}-link`;
    symlinkSync(project, link);
    makeOwnFolder(join(link, ".sparkwright", "logs"));
    expect(statSync(join(project, ".sparkwright", "logs")).isDirectory()).to.equal(true);
  });

  it("is its owner's alone whatever the umask, also when it was there before", () => {
    const { project, own } = place();
    const before = process.umask(0);
    try {
      chmodSync(own, 0o777);
      writeFileSync(join(own, "runs.db"), "", { mode: 0o666 });
      openRunStore(project).close();
      const folder = stateFolder(project);
      createStateFolder(folder);
      emptyOwnFolder(folder.temporary);
      writeOwnFile(folder.sparkConf, "token");
      closeSync(openLog(folder.log));
      closeSync(openLog(folder.log));
      for (const made of [own, folder.path, folder.temporary]) expect(modeOf(made), made).to.equal("700");
      for (const file of [join(own, "runs.db"), join(own, ".gitignore"), folder.sparkConf, folder.log])
        expect(modeOf(file), file).to.equal("600");
    } finally {
      process.umask(before);
    }
  });

  it("is refused with a hint that works", () => {
    const { project, elsewhere, own } = place();
    symlinkSync(elsewhere, join(own, "spark dir's"));
    const path = join(own, "spark dir's", "x");
    try {
      writeOwnFile(path, "");
      expect.fail("written");
    } catch (error) {
      const command = /rm [^;]*?'(?=\.)/.exec((error as SparkwrightError).hint ?? "")?.[0] ?? "";
      execFileSync("sh", ["-c", command], { cwd: project });
    }
    mkdirSync(join(own, "spark dir's"));
    writeOwnFile(path, "ours");
    expect(readFileSync(path, "utf8")).to.equal("ours");
    expect(existsSync(join(elsewhere, "tmp", "precious"))).to.equal(true);
  });
});
