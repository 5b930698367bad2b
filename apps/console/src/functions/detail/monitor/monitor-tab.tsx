/** The tab MonitorTab of a function. */
export function MonitorTab() {
  return null;
}
