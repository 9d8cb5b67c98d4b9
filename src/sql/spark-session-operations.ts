import type { ConnectClient } from "../connect/connect-client.ts";
import type { ProgressHandler } from "../connect/execution-progress.ts";
import { currentExecutionScope, mergeTags, withExecutionScope } from "../connect/execution-scope.ts";
import {
  type ArtifactKind,
  type ArtifactSource,
  artifactOf,
  forwardedFile,
} from "../connect/local-artifact.ts";

/** Bounds of an upload. */
export interface UploadBounds {
  /** Aborting it ends the upload. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole upload. @default no bound */
  readonly deadlineMs?: number | undefined;
}

/** What an uploaded file is. */
export interface ArtifactOptions extends UploadBounds {
  /** @default jar, for a name that ends so */
  readonly as?: ArtifactKind;
}

/** The half of a session that is about what runs in it: tags, interrupts, progress and uploaded files. */
export abstract class SparkSessionOperations {
  readonly #client: ConnectClient;

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  /** The connection, for integrators. */
  get client(): ConnectClient {
    return this.#client;
  }

  /** Everything executed inside `run` carries these tags, by which `interruptTag` finds it. */
  withTags<T>(tags: readonly string[], run: () => T): T {
    return withExecutionScope({ tags }, run);
  }

  /**
   * Adds a tag to everything that the session executes from now on inside the `withTags` around this call, so that
   * concurrent work does not share it; outside of any, to everything. `withTags([], work)` alone makes such a place.
   *
   * Thrown when the tag is empty or has a comma: `CONNECT_INVALID_TAG`.
   */
  addTag(tag: string): void {
    this.client.tags.add(tag);
  }

  /** Takes back what `addTag` did. */
  removeTag(tag: string): void {
    this.client.tags.remove(tag);
  }

  /** The tags that what is executed here and now gets, from `withTags` and `addTag`. */
  getTags(): readonly string[] {
    return mergeTags(currentExecutionScope().tags, [...this.client.tags.current()]);
  }

  /** Takes back everything that `addTag` did. */
  clearTags(): void {
    this.client.tags.clear();
  }

  /** Interrupts every operation of the session; returns the ids of those it reached. */
  async interruptAll(): Promise<readonly string[]> {
    return await this.client.interruptAll();
  }

  /** Interrupts the operations with a tag; returns the ids of those it reached. */
  async interruptTag(tag: string): Promise<readonly string[]> {
    return await this.client.interruptTag(tag);
  }

  /** Interrupts one operation; returns its id when it was reached. */
  async interruptOperation(operationId: string): Promise<readonly string[]> {
    return await this.client.interruptOperation(operationId);
  }

  /**
   * Calls a function about every 2 s with how far an operation of this session is, and once more at its end
   * (`done`). Operations that were started before are not reported. What the function throws goes to `onWarning`.
   *
   * @example spark.registerProgressHandler(({ stages }) => console.error(stages.map((s) => s.completedTasks)))
   */
  registerProgressHandler(handler: ProgressHandler): void {
    this.client.progressHandlers.add(handler);
  }

  /** Takes back what `registerProgressHandler` did. */
  removeProgressHandler(handler: ProgressHandler): void {
    this.client.progressHandlers.remove(handler);
  }

  /** Takes back every `registerProgressHandler`. */
  clearProgressHandlers(): void {
    this.client.progressHandlers.clear();
  }

  /**
   * Uploads a file of this machine to the session: by path, by `file:` URL, or by name and bytes. The classes of a
   * jar can be used from then on (see `udf.registerJavaFunction`).
   *
   * Thrown when there is no such file or it is not of its kind (`USAGE_ARTIFACT`), when it arrives damaged
   * (`CONNECT_ARTIFACT_CORRUPTED`), and when the session has another one of that name.
   *
   * @example await spark.addArtifact("functions.jar")
   * @example await spark.addArtifact("model.tar.gz#model", { as: "archive" })
   */
  async addArtifact(source: ArtifactSource, options: ArtifactOptions = {}): Promise<void> {
    await this.addArtifacts([source], options);
  }

  /** As `addArtifact`, several in one call. */
  async addArtifacts(sources: readonly ArtifactSource[], options: ArtifactOptions = {}): Promise<void> {
    await this.client.addArtifacts(
      await Promise.all(sources.map(async (source) => await artifactOf(source, options.as))),
      { signal: options.signal, deadlineMs: options.deadlineMs },
    );
  }

  /**
   * Copies a file of this machine to an absolute path in the default file system of the server. A server whose
   * default is its own disk refuses, unless `spark.sql.artifact.copyFromLocalToFs.allowDestLocal` is set.
   *
   * Thrown when there is no such file, or the destination is not an absolute path: `USAGE_ARTIFACT`.
   */
  async copyFromLocalToFs(localPath: string, destination: string, options: UploadBounds = {}): Promise<void> {
    await this.client.addArtifacts([await forwardedFile(localPath, destination)], options);
  }
}
