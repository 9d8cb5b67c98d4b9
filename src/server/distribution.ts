export interface SparkDistribution {
  readonly jars: string;
}
export async function ensureDistribution(_: {
  onProgress: (line: string) => void;
}): Promise<SparkDistribution> {
  return { jars: "/tmp/dev/spark/jars" };
}
