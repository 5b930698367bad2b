/** The tab TestTab of a function. */
export function TestTab() {
  return null;
}
