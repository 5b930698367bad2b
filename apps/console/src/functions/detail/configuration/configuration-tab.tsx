/** The tab ConfigurationTab of a function. */
export function ConfigurationTab() {
  return null;
}
