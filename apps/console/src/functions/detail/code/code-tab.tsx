/** The tab CodeTab of a function. */
export function CodeTab() {
  return null;
}
