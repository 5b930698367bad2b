const maxSteps = 255;
/** Parts of paths that are walked for all links of a package together. More is a trick that would hold the server up for hours. */
const maxParts = 500_000;

/** A path that leads to a link, or through which one does. */
interface Node {
  children?: Map<string, Node>;
  target?: string;
}

/**
 * True if every symbolic link stays inside the folder, whichever other links its way leads through. A link to nothing is allowed.
 * Decided before any link exists on disk.
 * @param links target by path, both relative to the folder
 */
export function linksStayInside(links: ReadonlyMap<string, string>): boolean {
  const root = treeOf(links);
  const budget = { parts: maxParts };
  for (const path of links.keys()) if (!staysInside(path, root, budget)) return false;
  return true;
}

function treeOf(links: ReadonlyMap<string, string>): Node {
  const root: Node = {};
  for (const [path, target] of links) {
    let node = root;
    for (const part of path.split("/")) {
      node.children ??= new Map();
      let child = node.children.get(part);
      if (child === undefined) node.children.set(part, (child = {}));
      node = child;
    }
    node.target = target;
  }
  return root;
}

function staysInside(path: string, root: Node, budget: { parts: number }): boolean {
  // What is still to be walked, the next part last.
  const ahead = path.split("/").toReversed();
  // Where the way has led, as far as the tree knows it.
  const reached: (Node | undefined)[] = [];
  for (let steps = 0; ahead.length > 0;) {
    if (--budget.parts < 0) return false;
    const part = ahead.pop()!;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (reached.length === 0) return false;
      reached.pop();
      continue;
    }
    const node = (reached.length === 0 ? root : reached.at(-1))?.children?.get(part);
    if (node?.target === undefined) {
      reached.push(node);
      continue;
    }
    if (node.target.startsWith("/") || ++steps > maxSteps) return false;
    for (const next of node.target.split("/").toReversed()) ahead.push(next);
  }
  return true;
}
