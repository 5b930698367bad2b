/** The tab DeploymentsTab of a function. */
export function DeploymentsTab() {
  return null;
}
