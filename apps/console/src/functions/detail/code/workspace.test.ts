import { describe, expect, test } from "vitest";
import { pathProblem, Workspace, type PackageListing } from "./workspace.ts";

const file = (Path: string, Size = 1) => ({ Path, Type: "file" as const, Size, Mode: 0o644 });
const base: PackageListing = {
  CodeSha256: "one",
  Files: [file("index.py"), { Path: "lib", Type: "directory", Size: 0, Mode: 0o755 }, file("lib/a.py"), file("lib/b.py")],
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const treeOf = (workspace: Workspace): string[] =>
  workspace.files().map(({ path, state }) => (state === "same" ? path : `${path} ${state}`));

describe("a workspace", () => {
  test("is clean at first, and again once the text is as deployed", () => {
    const workspace = new Workspace(base);
    workspace.knowBaseText("index.py", "old");
    workspace.write("index.py", "new");
    expect(workspace.isDirty).toBe(true);
    expect(workspace.changes()).toEqual([{ Path: "index.py", Type: "put", Content: bytes("new") }]);
    workspace.write("index.py", "old");
    expect(workspace.isDirty).toBe(false);
  });

  test("makes files and folders", () => {
    const workspace = new Workspace(base);
    workspace.put("new/deep/x.txt", bytes("x"));
    workspace.createFolder("empty");
    expect(treeOf(workspace)).toEqual(["empty", "index.py", "lib", "lib/a.py", "lib/b.py", "new", "new/deep", "new/deep/x.txt added"]);
  });

  test("moves a folder without reading its files", () => {
    const workspace = new Workspace(base);
    workspace.rename("lib", "vendor/lib");
    expect(treeOf(workspace)).toEqual(["index.py", "vendor", "vendor/lib", "vendor/lib/a.py added", "vendor/lib/b.py added"]);
    expect(workspace.content("vendor/lib/a.py")).toEqual({ from: "package", path: "lib/a.py" });
    expect(workspace.changes()[0]).toEqual({ Path: "lib", Type: "delete" });
  });

  test("a file put back after it was deleted is a modified one", () => {
    const workspace = new Workspace(base);
    workspace.remove("lib/a.py");
    workspace.put("lib/a.py", bytes("again"));
    expect(treeOf(workspace)).toContain("lib/a.py modified");
    expect(workspace.changes()).toEqual([{ Path: "lib/a.py", Type: "put", Content: bytes("again") }]);
  });

  test("a draft brings the changes back", () => {
    const first = new Workspace(base);
    first.rename("index.py", "main.py");
    first.write("lib/a.py", "changed");
    first.remove("lib/b.py");
    const second = new Workspace(base, { Changes: first.changes() });
    expect(treeOf(second)).toEqual(treeOf(first));
    expect(second.changes()).toEqual(first.changes());
  });

  test("after a deploy the result is the base", () => {
    const workspace = new Workspace(base);
    workspace.write("index.py", "new");
    workspace.rebase({ CodeSha256: "two", Files: base.Files }, { keepChanges: false });
    expect(workspace.isDirty).toBe(false);
    expect(workspace.baseCodeSha256).toBe("two");
  });

  test("keeps mine on what somebody else deployed", () => {
    const workspace = new Workspace(base);
    workspace.write("index.py", "mine");
    workspace.rebase({ CodeSha256: "two", Files: [...base.Files, file("theirs.py")] }, { keepChanges: true });
    expect(treeOf(workspace)).toContain("theirs.py");
    expect(treeOf(workspace)).toContain("index.py modified");
  });
});

test.each([
  ["", "Give it a name."],
  ["../x", "Use a path within the package, such as lib/util.py."],
  ["/x", "Use a path within the package, such as lib/util.py."],
  ["index.py", "There is a index.py already."],
  ["lib/c.py", undefined],
])("the name %j", (path, problem) => {
  expect(pathProblem(path, new Workspace(base))).toBe(problem);
});

test("nothing is moved into itself or into a file", () => {
  expect(pathProblem("lib/inner", new Workspace(base), "lib")).toBe("lib can't be moved into itself.");
  expect(pathProblem("index.py/a.py", new Workspace(base))).toBe("index.py is a file, so nothing can be in it.");
  expect(pathProblem("library", new Workspace(base), "lib")).toBeUndefined();
});
