import type { WriteStream } from "node:tty";
import { styleText } from "node:util";
import { SecretMask } from "../../core/secret-mask.ts";
import { MaskedStream } from "./masked-stream.ts";

export type Style = Parameters<typeof styleText>[0];
/** Puts a style on a text, or leaves it plain, as the stream and NO_COLOR or FORCE_COLOR say. */
export type Paint = (style: Style, text: string) => string;

/**
 * Text to a stream that may be slow, be closed by its reader (`| head`) at any moment, or be a file on a full disk.
 *
 * Whatever can no longer be written is left out; the first error is kept for whoever must answer for it.
 */
export class Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #write: NodeJS.WriteStream["write"];
  readonly #closed = new AbortController();
  readonly #mask = new SecretMask();
  #failure: NodeJS.ErrnoException | undefined;
  /** One for all who wait: a listener each would take time quadratic in their number. */
  #drained: Promise<void> | undefined;
  /** What code that knows only the stream writes there. */
  #others: MaskedStream | undefined;
  #isDiverted = false;
  #masksOwn = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#write = stream.write.bind(stream);
    stream.on("error", (error: NodeJS.ErrnoException) => this.#fail(error));
  }

  /** From now on these are masked in whatever is written. */
  hide(secrets: readonly string[]): void {
    this.hideInPrints(secrets);
    this.#masksOwn = true;
  }

  /** From now on these are masked in what code that knows only the stream writes there: `console.log` of a node. */
  hideInPrints(secrets: readonly string[]): void {
    for (const secret of secrets) this.#mask.add(secret);
    if (this.#mask.isEmpty || this.#others !== undefined) return;
    this.#others = new MaskedStream(this.#mask, this.#write);
    if (!this.#isDiverted) this.#stream.write = this.#others.write;
  }

  /** A text, not laid out yet, without them. */
  readonly mask = (text: string): string => this.#mask.text(text);

  /** From now on only this writes to its stream: what code prints there, as with `console.log`, goes to `other`. */
  divertOthers(other: Output): void {
    this.#isDiverted = true;
    this.#stream.write = ((...args: Parameters<NodeJS.WriteStream["write"]>) =>
      (other.#others?.write ?? other.#write)(...args)) as NodeJS.WriteStream["write"];
  }

  /** Why text was lost, unless the reader simply went away: `ENOSPC` of a full disk. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#failure;
  }

  /** Aborts when nothing can be written any more: the reader has gone, or text was lost (`failure`). */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    return this.#stream.columns > 0 ? this.#stream.columns : 80;
  }

  get rows(): number {
    return this.#stream.rows > 0 ? this.#stream.rows : 24;
  }

  readonly paint: Paint = (style, text) => styleText(style, text, { stream: this.#stream });

  /** Resolves when the stream takes more; rows without end must wait for it. */
  write(text: string): Promise<void> {
    if (this.closed.aborted || text === "") return Promise.resolve();
    const shown = this.#masksOwn ? this.#mask.unmistakable(text) : text;
    try {
      if (this.#write(shown)) return Promise.resolve();
    } catch (error) {
      // A stream to a file writes at once.
      this.#fail(error as NodeJS.ErrnoException);
      return Promise.resolve();
    }
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  line(text = ""): Promise<void> {
    return this.write(`${text}\n`);
  }

  onResize(listener: () => void): () => void {
    const stream = this.#stream as WriteStream;
    stream.on("resize", listener);
    return () => stream.off("resize", listener);
  }

  /** Resolves when all that was written has been handed to the system. */
  flush(): Promise<void> {
    this.#others?.flush();
    if (this.closed.aborted || this.#stream.writableLength === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.closed.addEventListener("abort", () => resolve(), { once: true });
      this.#write("", () => resolve());
    });
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (!readerIsGone.has(error.code ?? "")) this.#failure ??= error;
    this.#closed.abort();
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off("drain", done);
        this.closed.removeEventListener("abort", done);
        this.#drained = undefined;
        resolve();
      };
      this.#stream.once("drain", done);
      this.closed.addEventListener("abort", done, { once: true });
    });
  }
}

const readerIsGone: ReadonlySet<string> = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "EIO", "ECONNRESET"]);
