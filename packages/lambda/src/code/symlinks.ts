const maxSteps = 255;

/**
 * True if every symbolic link stays inside the folder, whichever other links its way leads through. A link to nothing is allowed.
 * Decided before any link exists on disk.
 * @param links target by path, both relative to the folder
 */
export function linksStayInside(links: ReadonlyMap<string, string>): boolean {
  for (const path of links.keys()) if (!staysInside(path, links)) return false;
  return true;
}

function staysInside(path: string, links: ReadonlyMap<string, string>): boolean {
  let ahead = path.split("/");
  let reached: string[] = [];
  for (let step = 0; ahead.length > 0;) {
    const [part = "", ...rest] = ahead;
    ahead = rest;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (reached.length === 0) return false;
      reached = reached.slice(0, -1);
      continue;
    }
    const target = links.get([...reached, part].join("/"));
    if (target === undefined) {
      reached = [...reached, part];
      continue;
    }
    if (target.startsWith("/") || ++step > maxSteps) return false;
    ahead = [...target.split("/"), ...ahead];
  }
  return true;
}
