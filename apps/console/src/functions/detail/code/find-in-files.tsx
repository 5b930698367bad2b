import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import Modal from "@cloudscape-design/components/modal";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "../../../app/paths.ts";
import type { CodeSession } from "./code-session.ts";
import { readBytes } from "./models.ts";
import { useFocusInDialog } from "../../../shared/use-focus-in-dialog.ts";

/** Files larger than these are not searched, and no more are found than can be looked through. */
const largestSearchedBytes = 512 * 1024;
const mostSearchedFiles = 500;
const mostHits = 200;
const mostCharacters = 200;
/** Searching begins when nothing was typed for this long. Milliseconds. */
const searchAfterMs = 250;

interface Hit {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Looks for a text in all files of the package and of the draft. */
export function FindInFiles({ session, onClose }: { readonly session: CodeSession; readonly onClose: () => void }) {
  const field = useFocusInDialog();
  const [text, setText] = useState("");
  const { hits, done, total } = useSearch(session, text);
  const navigate = useNavigate();
  return (
    <Modal visible size="large" header="Find in files" closeAriaLabel="Close" onDismiss={onClose}>
      <SpaceBetween size="s">
        <Input
          key="text"
          type="search"
          ref={field}
          value={text}
          ariaLabel="Text to find"
          placeholder="Text to find"
          onChange={({ detail }) => setText(detail.value)}
        />
        {done < total && <ProgressBar key="progress" value={(100 * done) / total} description={`Searched ${done} of ${total} files`} />}
        <ul key="hits" className="find-hits" aria-label="Lines found">
          {hits.map(({ path, line, text: found }) => (
            <li key={`${path}:${line}`}>
              <Link
                onFollow={() => {
                  onClose();
                  void navigate(`${paths.function(session.functionName, "code")}?open=${encodeURIComponent(`${path}:${line}`)}&found=1`);
                }}
              >
                {path}:{line}
              </Link>{" "}
              <code>{found}</code>
            </li>
          ))}
        </ul>
        {text !== "" && done === total && hits.length === 0 && <Box key="none">Nothing found.</Box>}
        {hits.length === mostHits && <Box key="more">The first {mostHits} lines are shown.</Box>}
      </SpaceBetween>
    </Modal>
  );
}

function useSearch(session: CodeSession, text: string) {
  const [state, setState] = useState<{ readonly hits: readonly Hit[]; readonly done: number; readonly total: number }>({
    hits: [],
    done: 0,
    total: 0,
  });
  useEffect(() => {
    setState({ hits: [], done: 0, total: 0 });
    if (text.trim() === "") return undefined;
    let isStopped = false;
    const timer = setTimeout(() => void search(), searchAfterMs);
    const search = async (): Promise<void> => {
      session.flush();
      const files = session.view.workspace.files().filter(({ type, size }) => type === "file" && size <= largestSearchedBytes);
      const searched = files.slice(0, mostSearchedFiles);
      let hits: readonly Hit[] = [];
      for (const [index, { path }] of searched.entries()) {
        if (isStopped || hits.length >= mostHits) break;
        hits = [...hits, ...(await hitsIn(session, path, text))].slice(0, mostHits);
        if (!isStopped) setState({ hits, done: index + 1, total: searched.length });
      }
      if (!isStopped) setState({ hits, done: searched.length, total: searched.length });
    };
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [session, text]);
  return state;
}

async function hitsIn(session: CodeSession, path: string, wanted: string): Promise<Hit[]> {
  const bytes = await readBytes(session, path).catch(() => new Uint8Array());
  const lower = wanted.toLowerCase();
  return new TextDecoder()
    .decode(bytes)
    .split("\n")
    .flatMap((line, index) =>
      line.toLowerCase().includes(lower) ? [{ path, line: index + 1, text: line.trim().slice(0, mostCharacters) }] : [],
    );
}
