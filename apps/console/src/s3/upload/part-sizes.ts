const mib = 1024 * 1024;
/** A file up to this size is sent at once. */
const mostAtOnceBytes = 16 * mib;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;
const leastPartBytes = 8 * mib;

/** Where the parts of a file begin and end; undefined: it is sent at once. */
export function partsOf(bytes: number): readonly (readonly [from: number, to: number])[] | undefined {
  if (bytes <= mostAtOnceBytes) return undefined;
  const size = Math.max(leastPartBytes, Math.ceil(bytes / mostParts / mib) * mib);
  return Array.from({ length: Math.ceil(bytes / size) }, (_, index) => [index * size, Math.min((index + 1) * size, bytes)]);
}
