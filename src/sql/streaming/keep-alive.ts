const longMs = 2 ** 31 - 1;

/** Waits for work that by itself would not keep the process alive. */
export async function keepAlive<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, longMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
